using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Contract;

/// <summary>The application with stores that fail.</summary>
internal static class BrokenApp
{
    private const string HostJson = """{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}""";

    /// <summary>Asks it whether it is ready.</summary>
    public static async Task<HttpResponseMessage> GetHealthAsync()
    {
        await using var host = await TestHost.StartAsync(typeof(BookTrip).Assembly.GetTypes(), HostJson, builder =>
        {
            builder.Services.AddBookingFunctions(builder.Configuration);
            builder.Services.AddSingleton(BrokenStore.Create<IReservationStore>());
        });
        return await host.Http.GetAsync(new Uri("api/health", UriKind.Relative));
    }
}
