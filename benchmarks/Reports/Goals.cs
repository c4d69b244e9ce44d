using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Scaling;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>The goals, each with what was measured.</summary>
internal static class Goals
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Those that runs side by side decide about.</summary>
    public static IEnumerable<Goal> Of(SideBySideFigures figures)
    {
        var many = figures.Pairs(128, TripKind.Happy, false).ToList();
        if (many.Count > 0)
        {
            yield return new("Throughput at 128 clients against Restate's", 7, false, Median(many, run => run.Embedded.TripsPerSecond / run.Peer.TripsPerSecond), " times");
            yield return new("Throughput at 128 clients against what the disk and SQLite can write", 0.25, false, Median(many, run => run.Embedded.TripsPerSecond / run.Limit.TripsPerSecond), " times");
        }

        var one = figures.Pairs(1, TripKind.Happy, false).ToList();
        if (one.Count > 0)
        {
            yield return new("p50 of a client alone against Restate's", 1.0 / 3, true, Median(one, run => run.Embedded.Latency[50] / run.Peer.Latency[50]), " times");
            yield return new("p99 of a client alone against Restate's p50", 1, true, Median(one, run => run.Embedded.Latency[99] / run.Peer.Latency[50]), " times");
        }
    }

    /// <summary>The one that runs of the embedded host by itself decide about.</summary>
    public static IEnumerable<Goal> Of(IEnumerable<TripFigures> runs) =>
        runs.Where(run => run.Concurrency == 1024).Select(run => new Goal("Peak memory at 1,024 clients", 300, true, run.PeakBytes / Mebibyte, " MiB"));

    /// <summary>The one that waiting trips decide about.</summary>
    public static IEnumerable<Goal> Of(WaitingFigures figures) =>
    [
        new($"Memory of {figures.Trips:N0} trips that wait for a timer", 100, true, (figures.BytesAfter - figures.BytesBefore) / Mebibyte, " MiB"),
    ];

    /// <summary>Those that a grown file decides about.</summary>
    public static IEnumerable<Goal> Of(GrownFigures figures) =>
    [
        new($"Throughput with {figures.Trips:N0} finished trips against an empty file's", 0.9, false, Spread.Of(figures.Full.Zip(figures.Empty, (full, empty) => full.TripsPerSecond / empty.TripsPerSecond)).Median, " times"),
        new("What they add to the start", 2, true, Spread.Of(figures.FullStartSeconds).Median - Spread.Of(figures.EmptyStartSeconds).Median, " s"),
        new("A page of the list among them, the slowest kind", 20, true, figures.PageMilliseconds.Values.Max(), " ms"),
    ];

    /// <summary>Those that curves decide about: that no cost grows faster than what causes it.</summary>
    public static IEnumerable<Goal> Of(IEnumerable<ScalingCurve> curves) => curves.Select(curve => new Goal(
        $"{curve.Name}: at {curve.Points[^1].Size:N0} {curve.Size} against the cheapest", 1.5, true, curve.Growth, " times"));

    private static double Median(
        IEnumerable<(TripFigures Embedded, TripFigures Peer, LimitFigures Limit)> runs, Func<(TripFigures Embedded, TripFigures Peer, LimitFigures Limit), double> value) =>
        Spread.Of(runs.Select(value)).Median;
}
