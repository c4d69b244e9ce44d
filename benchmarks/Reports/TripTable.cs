using System.Globalization;
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
        Row("trips/s", run => Number(run.TripsPerSecond));
        foreach (var (percentile, name) in new[] { (50.0, "p50"), (90, "p90"), (99, "p99"), (99.9, "p99.9"), (100, "max") })
        {
            Row($"{name}, ms", run => Number(run.Latency[percentile]));
        }

        Row("CPU a trip, ms", run => Number(run.CpuMilliseconds));
        Row("load generator's, ms", run => Number(run.LoadCpuMilliseconds));
        Row("allocated a trip, KiB", run => Number(run.AllocatedBytes / 1024));
        Row("paused by GC, %", run => Number(100 * run.PausedTime));
        Row("peak memory, MiB", run => Number(run.PeakBytes / 1024.0 / 1024));
        Row("disk flushes a trip", run => Number(run.DiskFlushes));
        Row("written a trip, KiB", run => Number(run.WrittenBytes / 1024));
        Row("stored a trip, KiB", run => Number(run.StoredBytes / 1024));
        foreach (var counter in runs.SelectMany(run => run.Counters.Keys).Distinct().Order())
        {
            Row($"{counter} a trip", run => Number(run.Counters.TryGetValue(counter, out var value) ? value : null));
        }

        return table;
    }

    private static string Head(TripFigures run) =>
        $"{run.Server}\n{run.Concurrency} clients\n{(run.Kind == TripKind.Happy ? "confirmed" : "rolled back")}\n{(run.Parallel ? "legs at once" : "legs in order")}";

    private static string Number(double? value) => value switch
    {
        null => "-",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };
}
