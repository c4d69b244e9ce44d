using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Runs;
using BookingFunctions.Benchmarks.Scaling;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>The charts of a report.</summary>
internal static class Charts
{
    private static readonly string[] PercentileNames = ["p50", "p90", "p99", "p99.9", "max"];

    /// <summary>Draws those of runs side by side.</summary>
    public static void Write(string folder, SideBySideFigures figures)
    {
        var plain = figures.Embedded.Zip(figures.Peer, figures.Limits)
            .Where(run => run.First is { Kind: TripKind.Happy, Parallel: false })
            .GroupBy(run => run.First.Concurrency)
            .OrderBy(runs => runs.Key)
            .ToList();
        IEnumerable<(double X, double Y)> Line(Func<(TripFigures First, TripFigures Second, LimitFigures Third), double> value) =>
            plain.Select(runs => ((double)runs.Key, Spread.Of(runs.Select(value)).Median));
        Chart.Write(
            Path.Combine(folder, "performance-throughput.svg"), "Confirmed trips a second", "clients", "trips a second",
            [
                ("embedded host", Line(run => run.First.TripsPerSecond)),
                ("Restate", Line(run => run.Second.TripsPerSecond)),
                ("what the disk and SQLite can write", Line(run => run.Third.TripsPerSecond)),
            ]);
        Chart.Write(
            Path.Combine(folder, "performance-cpu.svg"), "Processor time a trip", "clients", "ms",
            [
                ("embedded host", Line(run => run.First.CpuMilliseconds)), ("Restate", Line(run => run.Second.CpuMilliseconds)),
                ("load generator", Line(run => run.First.LoadCpuMilliseconds)),
            ]);
        foreach (var runs in plain.Where(runs => runs.Key is 1 or 128))
        {
            IEnumerable<(double X, double Y)> Latencies(Func<(TripFigures First, TripFigures Second, LimitFigures Third), TripFigures> server) =>
                server(runs.First()).Latency.Keys.Select((percentile, place) => ((double)place, Spread.Of(runs.Select(run => server(run).Latency[percentile])).Median));
            Chart.Write(
                Path.Combine(folder, $"performance-latency-{runs.Key}.svg"), $"How long a trip takes: {runs.Key} client{(runs.Key == 1 ? "" : "s")}", PercentileNames, "ms",
                [("embedded host", Latencies(run => run.First)), ("Restate", Latencies(run => run.Second))]);
        }
    }

    /// <summary>Draws that of the curves.</summary>
    public static void Write(string folder, IEnumerable<ScalingCurve> curves) => Chart.Write(
        Path.Combine(folder, "performance-scaling.svg"), "Processor time of each, as there are more", "how many", "ms",
        curves.Select(curve => (
            $"{curve.Name.Split(':')[0]}",
            curve.Points.Where(point => point.Size > 0).Select(point => ((double)point.Size, point.CpuMilliseconds)))));
}
