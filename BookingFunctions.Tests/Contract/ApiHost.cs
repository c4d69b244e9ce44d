using BookingFunctions.Local.Backends;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.LocalFunctionsHost;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Contract;

/// <summary>The application in this process, on a real port, with stores that a test can read and write.</summary>
internal static class ApiHost
{
    private const string HostJson = """{"version": "2.0", "extensions": {"http": {"routePrefix": ""}}}""";

    /// <summary>Starts it.</summary>
    /// <param name="directory">Its directory of trips.</param>
    /// <param name="reservations">Its reservations.</param>
    /// <param name="masterKey">The key that it asks for; null for none.</param>
    public static Task<TestHost> StartAsync(ITripDirectory directory, IReservationStore reservations, string? masterKey = null) =>
        TestHost.StartAsync(typeof(BookTrip).Assembly.GetTypes(), HostJson, builder =>
        {
            builder.Configuration["Keys:Master"] = masterKey;
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

    /// <summary>Asks one that has keys, without one.</summary>
    /// <param name="method">How.</param>
    /// <param name="path">For what.</param>
    public static async Task<HttpResponseMessage> AskGuardedAsync(HttpMethod method, string path)
    {
        await using var stores = new TripStores();
        await using var host = await StartAsync(stores.Directory, stores.Reservations, "master-key-0123456789");
        using var request = new HttpRequestMessage(method, path);
        return await host.Http.SendAsync(request);
    }

    /// <summary>Asks one that has a trip's row, but nothing else of it.</summary>
    /// <param name="path">For what, by the trip's id.</param>
    public static async Task<HttpResponseMessage> GetOfPurgedTripAsync(Func<string, string> path)
    {
        await using var stores = new TripStores();
        var row = new TripEntry { Id = "alice-1", Name = "Alice", CreatedAt = default, UpdatedAt = default, IsStarted = true, Plan = "{}" };
        await stores.Directory.AddAsync(row, CancellationToken.None);
        await using var host = await StartAsync(stores.Directory, stores.Reservations);
        return await host.Http.GetAsync(new Uri(path(row.Id), UriKind.Relative));
    }
}
