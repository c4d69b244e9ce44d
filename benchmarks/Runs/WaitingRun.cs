using System.Net.Http.Json;
using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Has trips wait for their next attempt, which is an hour away, and measures the host's memory.</summary>
internal static class WaitingRun
{
    private const int Clients = 64;
    private const int WarmUpTrips = 2_000;

    // Processor time of a second, in seconds, below which the host is idle.
    private const double Idle = 0.03;

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Saga__FirstRetryInterval"] = "01:00:00",
        ["Saga__MaxRetryInterval"] = "01:00:00",
    };

    /// <summary>Runs.</summary>
    public static async Task<WaitingFigures> RunAsync(int trips, string folder, CancellationToken cancellation)
    {
        var data = Folders.Fresh(Path.Combine(folder, "waiting"));
        long before;
        long after;
        await using (var server = await LocalServer.StartAsync(data, Settings, cancellation))
        {
            await PostAsync(server, WarmUpTrips, "Ford", cancellation);
            before = (await AtRestAsync(server, cancellation)).ResidentBytes;
            await PostAsync(server, trips, "Flaky Ford", cancellation);
            after = (await AtRestAsync(server, cancellation)).ResidentBytes;
        }

        await using var restarted = await LocalServer.StartAsync(data, Settings, cancellation);
        return new(trips, before, after, (await AtRestAsync(restarted, cancellation)).ResidentBytes, restarted.StartTime.TotalSeconds);
    }

    private static async Task PostAsync(LocalServer server, int trips, string car, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, trips),
            new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellation },
            async (number, token) =>
            {
                var order = TripBodies.Order(TripKind.Happy, parallel: false, number);
                order["car"] = $"{car} {number}";
                using var answer = await http.PostAsJsonAsync(server.Trips, order, token);
                answer.EnsureSuccessStatusCode();
            });
    }

    private static async Task<ProcessReading> AtRestAsync(LocalServer server, CancellationToken cancellation)
    {
        for (var last = server.Read().Process; ;)
        {
            await Task.Delay(1000, cancellation);
            var now = server.Read().Process;
            if (now.CpuSeconds - last.CpuSeconds < Idle)
            {
                return now;
            }

            last = now;
        }
    }
}
