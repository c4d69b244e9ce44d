using BookingFunctions.Benchmarks.Runs;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>What finished trips in the file change, as a Markdown table.</summary>
internal static class GrownMarkdown
{
    /// <summary>Makes the table.</summary>
    public static string Of(GrownFigures figures) => string.Join('\n',
    [
        $"| | Empty file | {figures.Trips:N0} trips, {figures.FileBytes / 1e9:F1} GB |",
        "| --- | --- | --- |",
        $"| Trips/s | {Spread.Of(figures.Empty.Select(run => run.TripsPerSecond))} | {Spread.Of(figures.Full.Select(run => run.TripsPerSecond))} |",
        $"| Start, s | {Spread.Of(figures.EmptyStartSeconds)} | {Spread.Of(figures.FullStartSeconds)} |",
        .. figures.PageMilliseconds.Select(page => $"| A page of the list, {page.Key}, ms | | {Spread.Number(page.Value)} |"),
    ]);
}
