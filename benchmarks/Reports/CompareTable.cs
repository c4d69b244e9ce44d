using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Two sets of runs: a line a kind of run that both have.</summary>
internal static class CompareTable
{
    /// <summary>Makes the table.</summary>
    public static Table Of(IEnumerable<TripFigures> before, IEnumerable<TripFigures> after)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumns("", "trips/s", "p50", "p99", "CPU", "allocated", "written", "peak memory");
        var plans = before.GroupBy(Plan).Join(after.GroupBy(Plan), runs => runs.Key, runs => runs.Key, (then, now) => (then, now));
        foreach (var (then, now) in plans)
        {
            string Ratio(Func<TripFigures, double> value)
            {
                var (old, latest) = (Spread.Of(then.Select(value)).Median, Spread.Of(now.Select(value)).Median);
                return $"{Spread.Number(latest)} / {Spread.Number(old)} = {Spread.Number(latest / old)}";
            }

            table.AddRow(
                $"{then.Key.Concurrency} clients, {TripKinds.Describe(then.Key.Kind, then.Key.Parallel)}",
                Ratio(run => run.TripsPerSecond),
                Ratio(run => run.Latency[50]),
                Ratio(run => run.Latency[99]),
                Ratio(run => run.CpuMilliseconds),
                Ratio(run => (run.AllocatedBytes ?? 0) / 1024),
                Ratio(run => run.WrittenBytes / 1024),
                Ratio(run => run.PeakBytes / 1024.0 / 1024));
        }

        return table;
    }

    private static (int Concurrency, Load.TripKind Kind, bool Parallel) Plan(TripFigures run) => (run.Concurrency, run.Kind, run.Parallel);
}
