using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Servers;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Measures the local host and the peer in turn, so that other load of the machine concerns both.</summary>
internal static class SideBySideRun
{
    /// <summary>Runs.</summary>
    /// <param name="plans">What to run, in this order.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<SideBySideFigures> RunAsync(IReadOnlyList<LoadPlan> plans, string folder, CancellationToken cancellation)
    {
        var figures = new SideBySideFigures([], []);
        foreach (var plan in plans)
        {
            figures.Local.Add(await MeasureAsync(LocalServer.StartAsync, Path.Combine(folder, "local"), plan, cancellation));
            figures.Peer.Add(await MeasureAsync(RestateServer.StartAsync, Path.Combine(folder, "restate"), plan, cancellation));
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
}
