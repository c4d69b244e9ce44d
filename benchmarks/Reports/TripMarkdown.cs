using BookingFunctions.Benchmarks.Runs;

namespace BookingFunctions.Benchmarks.Reports;

/// <summary>Runs of the embedded host by itself, as a Markdown table.</summary>
internal static class TripMarkdown
{
    private const double Kibibyte = 1024;

    /// <summary>Makes the table.</summary>
    public static string Of(IEnumerable<TripFigures> runs) => string.Join('\n',
    [
        "| Embedded host | Trips/s | p50, ms | p99, ms | p99.9, ms | CPU, ms | Allocated, KiB | Peak memory, MiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        .. runs.Select(run => "| " + string.Join(" | ",
            $"{run.Concurrency:N0} clients, {TripTable.Trips(run.Kind, run.Parallel)}",
            Spread.Number(run.TripsPerSecond),
            Spread.Number(run.Latency[50]),
            Spread.Number(run.Latency[99]),
            Spread.Number(run.Latency[99.9]),
            Spread.Number(run.CpuMilliseconds),
            Spread.Number(run.AllocatedBytes / Kibibyte),
            Spread.Number(run.PeakBytes / Kibibyte / Kibibyte)) + " |"),
    ]);
}
