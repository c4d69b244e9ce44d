using BookingFunctions.Tests.LocalFunctionsHost.Telemetry;
using DurableTask.Core.History;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Worker;

/// <summary>What a service of the app adds to what is kept of a failure.</summary>
public sealed class ExceptionPropertyTests
{
    [Fact]
    public async Task A_service_adds_properties_to_what_is_kept_of_a_failure()
    {
        var kept = await FailAsync(new Properties(_ => new Dictionary<string, object?> { ["code"] = 7, ["action"] = (Action)(() => { }) }));

        Assert.Equal("7", kept!["code"]!.ToString());
        Assert.Equal("System.Action", kept["action"]!.ToString());
    }

    [Fact]
    public async Task A_service_that_fails_hides_no_failure()
    {
        var kept = await FailAsync(new Properties(_ => throw new TimeoutException()));

        Assert.Equal("failed: System.TimeoutException", kept!["Properties"]!.ToString());
    }

    private static async Task<IDictionary<string, object?>?> FailAsync(Properties properties)
    {
        await using var host = await TestHost.StartAsync(
            [typeof(TracedFunctions)], "{}", builder => builder.Services.AddSingleton<IExceptionPropertiesProvider>(properties));
        await host.RunAsync("Fails", id: "fails");
        var history = await host.Client.GetOrchestrationHistoryAsync("fails");
        return history.OfType<TaskFailedEvent>().Single().FailureDetails!.Properties;
    }

    private sealed class Properties(Func<Exception, IDictionary<string, object?>> get) : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?> GetExceptionProperties(Exception exception) => get(exception);
    }
}
