using BookingFunctions.Benchmarks.Runs;
using Spectre.Console;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>What finished trips in the file change, as a table.</summary>
internal static class GrownTable
{
    /// <summary>Makes the table.</summary>
    public static Table Of(GrownFigures figures)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns(
            "", "empty file", $"{figures.Trips:N0} trips, {figures.FileBytes / 1e9:F1} GB");
        table.AddRow(
            "trips/s", Text(figures.Empty.Select(run => run.TripsPerSecond)), Text(figures.Full.Select(run => run.TripsPerSecond)));
        table.AddRow("start, s", Text(figures.EmptyStartSeconds), Text(figures.FullStartSeconds));
        foreach (var (page, time) in figures.PageMilliseconds)
        {
            table.AddRow($"a page: {page}, ms", "", Spread.Number(time));
        }

        return table;
    }

    private static string Text(IEnumerable<double> values) => Spread.Of(values).ToString();
}
