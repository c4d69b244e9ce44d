using System.Net.Http.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;

namespace BookingFunctions.Benchmarks.Costs;

/// <summary>Books trips one after the other, and counts.</summary>
internal static class CostRun
{
    // Past these, everything is compiled and every cache is filled.
    private const int WarmUpTrips = 200;

    private const int Trips = 300;

    /// <summary>Runs.</summary>
    /// <param name="kind">Which trips.</param>
    /// <param name="folder">Where the file is.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<TripCosts> RunAsync(TripKind kind, string folder, CancellationToken cancellation)
    {
        await using var server = await LocalServer.StartAsync(Folders.Fresh(Path.Combine(folder, "costs")), cancellation);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Prefer", "wait=60");
        await BookAsync(http, server, kind, WarmUpTrips, cancellation);
        var before = server.Read();
        await BookAsync(http, server, kind, Trips, cancellation);
        var after = server.Read();

        double Counter(string name) => (after.Probe!.Counters[name] - before.Probe!.Counters[name]) / (double)Trips;
        return new()
        {
            Writes = Counter("durabletask.sqlite.writes"),
            Commits = Counter("durabletask.sqlite.commits"),
            Statements = Counter("durabletask.sqlite.statements"),
            AllocatedKiB = (after.Probe!.AllocatedBytes - before.Probe!.AllocatedBytes) / 1024.0 / Trips,
            StoredKiB = (await StoredAsync(server, cancellation) / 1024.0) / (WarmUpTrips + Trips),
        };
    }

    private static async Task BookAsync(HttpClient http, LocalServer server, TripKind kind, int trips, CancellationToken cancellation)
    {
        for (var number = 1; number <= trips; number++)
        {
            using var answer = await http.PostAsJsonAsync(server.Trips, TripBodies.Order(kind, parallel: false, number), cancellation);
            if (answer.StatusCode != System.Net.HttpStatusCode.OK)
            {
                var body = await answer.Content.ReadAsStringAsync(cancellation);
                throw new InvalidOperationException($"A trip was answered with {answer.StatusCode}: {body}");
            }
        }
    }

    // Once the host has stopped, the log of what is yet to be moved into the file is empty.
    private static async Task<long> StoredAsync(LocalServer server, CancellationToken cancellation)
    {
        await server.StopAsync(cancellation);
        return new FileInfo(Path.Combine(server.Folder, "trips.db")).Length;
    }
}
