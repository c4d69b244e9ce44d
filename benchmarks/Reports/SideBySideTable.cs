using BookingFunctions.Benchmarks.Load;
using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Both servers, a line a kind of run.</summary>
internal static class SideBySideTable
{
    /// <summary>Makes the table.</summary>
    public static Table Of(SideBySideFigures figures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            "", "trips/s", "Restate's", "ratio", "p50, ms", "Restate's", "ratio");
        foreach (var runs in figures.Local.Zip(figures.Peer).GroupBy(run => (run.First.Concurrency, run.First.Kind, run.First.Parallel)))
        {
            string Of(Func<(TripFigures First, TripFigures Second), double> value) => Spread.Of(runs.Select(value)).ToString();
            table.AddRow(
                $"{runs.Key.Concurrency} clients, {TripKinds.Describe(runs.Key.Kind, runs.Key.Parallel)}",
                Of(run => run.First.TripsPerSecond),
                Of(run => run.Second.TripsPerSecond),
                Of(run => run.First.TripsPerSecond / run.Second.TripsPerSecond),
                Of(run => run.First.Latency[50]),
                Of(run => run.Second.Latency[50]),
                Of(run => run.First.Latency[50] / run.Second.Latency[50]));
        }

        return table;
    }
}
