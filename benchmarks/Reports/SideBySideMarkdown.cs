using BookingFunctions.Benchmarks.Runs;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Runs side by side as Markdown tables: what was reached, and what it cost.</summary>
internal static class SideBySideMarkdown
{
    private const double Kibibyte = 1024;

    /// <summary>Makes the tables.</summary>
    public static string Of(SideBySideFigures figures)
    {
        var groups = figures.Embedded.Zip(figures.Peer, figures.Limits)
            .GroupBy(run => $"{run.First.Concurrency} client{(run.First.Concurrency == 1 ? "" : "s")}, {TripTable.Trips(run.First.Kind, run.First.Parallel)}")
            .ToList();
        List<string> lines =
        [
            "| | Trips/s | Restate's | Ratio | Of the limit | p50, ms | Restate's | p99, ms | Restate's | p99.9, ms | Restate's |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        ];
        foreach (var runs in groups)
        {
            string Of(Func<(TripFigures First, TripFigures Second, LimitFigures Third), double> value) => Spread.Of(runs.Select(value)).ToString();
            string Middle(Func<(TripFigures First, TripFigures Second, LimitFigures Third), double> value) => Spread.Number(Spread.Of(runs.Select(value)).Median);
            lines.Add(Line(
                runs.Key,
                Middle(run => run.First.TripsPerSecond),
                Middle(run => run.Second.TripsPerSecond),
                Of(run => run.First.TripsPerSecond / run.Second.TripsPerSecond),
                Of(run => 100 * run.First.TripsPerSecond / run.Third.TripsPerSecond) + "%",
                Middle(run => run.First.Latency[50]),
                Middle(run => run.Second.Latency[50]),
                Middle(run => run.First.Latency[99]),
                Middle(run => run.Second.Latency[99]),
                Middle(run => run.First.Latency[99.9]),
                Middle(run => run.Second.Latency[99.9])));
        }

        lines.AddRange(
        [
            "", "| A trip costs | CPU, ms | Restate's | Allocated, KiB | Commits | Disk flushes | Restate's | Written, KiB | Restate's | Peak memory, MiB | Restate's |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        ]);
        foreach (var runs in groups)
        {
            string Middle(Func<(TripFigures First, TripFigures Second, LimitFigures Third), double> value) => Spread.Number(Spread.Of(runs.Select(value)).Median);
            lines.Add(Line(
                runs.Key,
                Middle(run => run.First.CpuMilliseconds),
                Middle(run => run.Second.CpuMilliseconds),
                Middle(run => run.First.AllocatedBytes!.Value / Kibibyte),
                Middle(run => run.First.Counters["localruntime.store.commits"]),
                Middle(run => run.First.DiskFlushes),
                Middle(run => run.Second.DiskFlushes),
                Middle(run => run.First.WrittenBytes / Kibibyte),
                Middle(run => run.Second.WrittenBytes / Kibibyte),
                Middle(run => run.First.PeakBytes / Kibibyte / Kibibyte),
                Middle(run => run.Second.PeakBytes / Kibibyte / Kibibyte)));
        }

        return string.Join('\n', lines);
    }

    private static string Line(params string[] cells) => $"| {string.Join(" | ", cells)} |";
}
