using BookingFunctions.Benchmarks.Scaling;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Curves as Markdown tables.</summary>
internal static class ScalingMarkdown
{
    /// <summary>Makes the tables.</summary>
    public static string Of(IEnumerable<ScalingCurve> curves) => string.Join("\n\n", curves.Select(Of));

    private static string Of(ScalingCurve curve) => string.Join('\n',
    [
        $"| {curve.Name}: {curve.Size} | Time, ms | CPU, ms | Allocated, KiB |",
        "| --- | --- | --- | --- |",
        .. curve.Points.Select(point =>
            $"| {point.Size:N0} | {Spread.Number(point.Milliseconds)} | {Spread.Number(point.CpuMilliseconds)} | {Spread.Number(point.AllocatedBytes / 1024)} |"),
    ]);
}
