using BookingFunctions.Local.Backends;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.LocalFunctionsHost;
using BookingFunctions.Trips.Listing;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Contract;

/// <summary>The application in this process, on a real port, with stores that a test can read and write.</summary>
internal static class ApiHost
{
    private const string HostJson = """{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}""";

    /// <summary>Starts it.</summary>
    /// <param name="directory">Its directory of trips.</param>
    /// <param name="reservations">Its reservations.</param>
    public static Task<TestHost> StartAsync(ITripDirectory directory, IReservationStore reservations) =>
        TestHost.StartAsync(typeof(BookTrip).Assembly.GetTypes(), HostJson, builder =>
        {
            builder.Services.AddBookingFunctions(builder.Configuration);
            builder.UseBackend();
            builder.Services.AddSingleton(directory);
            builder.Services.AddSingleton(reservations);
        });

    /// <summary>Asks one whose reservations can't be read.</summary>
    /// <param name="path">For what.</param>
    public static async Task<HttpResponseMessage> GetFromBrokenAsync(string path)
    {
        await using var stores = new TripStores();
        await using var host = await StartAsync(stores.Directory, BrokenStore.Create<IReservationStore>());
        return await host.Http.GetAsync(new Uri(path, UriKind.Relative));
    }
}
