using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Recording;
using BookingFunctions.Benchmarks.Reports;
using BookingFunctions.Benchmarks.Servers;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Measures the embedded host, the peer and the limit in turn, so that whatever else happens to the machine happens to all.</summary>
internal static class SideBySideRun
{
    private const double LimitSeconds = 2;

    /// <summary>Runs.</summary>
    /// <param name="plans">What to run, in this order.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SideBySideFigures> RunAsync(IReadOnlyList<LoadPlan> plans, string folder, CancellationToken cancellation)
    {
        var figures = new SideBySideFigures([], [], []);
        var recorded = await TripRecorder.RecordAsync(Path.Combine(folder, "recorded"), cancellation);
        foreach (var plan in plans)
        {
            var embedded = await MeasureAsync(LocalServer.StartAsync, Path.Combine(folder, "embedded"), plan, cancellation);
            figures.Embedded.Add(embedded);
            figures.Peer.Add(await MeasureAsync(RestateServer.StartAsync, Path.Combine(folder, "restate"), plan, cancellation));
            figures.Limits.Add(LimitRun.Run(recorded, Path.Combine(folder, "limit"), TripsPerCommit(embedded, recorded), LimitSeconds));
        }

        return figures;
    }

    private static async Task<TripFigures> MeasureAsync<TServer>(
        Func<string, CancellationToken, Task<TServer>> start, string folder, LoadPlan plan, CancellationToken cancellation)
        where TServer : IServer
    {
        await using var server = await start(Folders.Fresh(folder), cancellation);
        return await RunProgress.ShowAsync(
            $"{server.Name}, {plan}", progress => TripRun.RunAsync(server, plan, progress, cancellation));
    }

    // Alone, a trip has some commits. Here it has a part in as many, and so many trips share each.
    private static int TripsPerCommit(TripFigures figures, RecordedTrip recorded) =>
        Math.Max(1, (int)Math.Round(recorded.Commits.Count / figures.Counters["localruntime.store.commits"]));
}
