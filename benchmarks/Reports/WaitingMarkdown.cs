using BookingFunctions.Benchmarks.Runs;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>What waiting trips cost, as a Markdown table.</summary>
internal static class WaitingMarkdown
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Makes the table.</summary>
    public static string Of(WaitingFigures figures) => string.Join('\n',
    [
        "| Memory of the host | MiB |",
        "| --- | --- |",
        $"| warmed up, at rest | {Spread.Number(figures.BytesBefore / Mebibyte)} |",
        $"| with {figures.Trips:N0} trips waiting | {Spread.Number(figures.BytesAfter / Mebibyte)} |",
        $"| the same after a restart, which took {figures.RestartSeconds:F1} s | {Spread.Number(figures.RestartedBytes / Mebibyte)} |",
    ]);
}
