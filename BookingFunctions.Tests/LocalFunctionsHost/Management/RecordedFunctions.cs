using LocalFunctionsHost;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The functions that the genuine host was recorded with.</summary>
internal static class RecordedFunctions
{
    public static Type[] Classes { get; } = [typeof(RecordedHttp), typeof(RecordedOrchestrators), typeof(RecordedActivities)];

    /// <summary>Gives a host what they need.</summary>
    public static void AddServices(LocalFunctionsHostBuilder builder) => builder.Services.AddSingleton<RecordedCalls>();
}
