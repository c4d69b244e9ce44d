using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Runs of trips as a table: a column a run.</summary>
internal static class TripTable
{
    /// <summary>Makes the table.</summary>
    public static Table Of(IReadOnlyCollection<TripFigures> runs)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("");
        foreach (var run in runs)
        {
            table.AddColumn(new TableColumn(Markup.Escape(Head(run))).RightAligned());
        }

        void Row(string name, Func<TripFigures, string> cell) => table.AddRow([name, .. runs.Select(cell)]);
        Row("trips/s", run => Spread.Number(run.TripsPerSecond));
        foreach (var (percentile, name) in new[] { (50.0, "p50"), (90, "p90"), (99, "p99"), (99.9, "p99.9"), (100, "max") })
        {
            Row($"{name}, ms", run => Spread.Number(run.Latency[percentile]));
        }

        Row("CPU a trip, ms", run => Spread.Number(run.CpuMilliseconds));
        Row("load generator's, ms", run => Spread.Number(run.LoadCpuMilliseconds));
        Row("allocated a trip, KiB", run => Spread.Number(run.AllocatedBytes / 1024));
        Row("paused by GC, %", run => Spread.Number(100 * run.PausedTime));
        Row("peak memory, MiB", run => Spread.Number(run.PeakBytes / 1024.0 / 1024));
        Row("disk flushes a trip", run => Spread.Number(run.DiskFlushes));
        Row("written a trip, KiB", run => Spread.Number(run.WrittenBytes / 1024));
        Row("stored a trip, KiB", run => Spread.Number(run.StoredBytes / 1024));
        foreach (var counter in runs.SelectMany(run => run.Counters.Keys).Distinct().Order())
        {
            Row($"{counter} a trip", run => Spread.Number(run.Counters.TryGetValue(counter, out var value) ? value : null));
        }

        return table;
    }

    private static string Head(TripFigures run) =>
        $"{run.Server}\n{run.Concurrency} clients\n"
        + TripKinds.Describe(run.Kind, run.Parallel).Replace(", ", "\n", StringComparison.Ordinal);
}
