using System.Diagnostics;
using HdrHistogram;

namespace BookingFunctions.Benchmarks.Load;

/// <summary>Counts what the clients of a load generator get, while it counts.</summary>
internal sealed class LoadMeter
{
    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];

    // In microseconds, up to two minutes, to three digits.
    private readonly LongConcurrentHistogram latencies = new(1, 120_000_000, 3);
    private readonly Stopwatch watch = new();
    private long trips;
    private long failures;
    private string? failure;
    private TimeSpan cpu;
    private volatile LoadPhase phase;

    /// <summary>Where the load generator is.</summary>
    public LoadPhase Phase => phase;

    /// <summary>Whether the clients stop.</summary>
    public bool IsOver => phase > LoadPhase.Measuring;

    /// <summary>How many trips were answered as they should be.</summary>
    public long Trips => Interlocked.Read(ref trips);

    /// <summary>Counts from here on.</summary>
    public void Begin()
    {
        cpu = Environment.CpuUsage.TotalTime;
        watch.Start();
        phase = LoadPhase.Measuring;
    }

    /// <summary>Counts no more.</summary>
    public void End()
    {
        phase = LoadPhase.Measured;
        watch.Stop();
        cpu = Environment.CpuUsage.TotalTime - cpu;
    }

    /// <summary>Counts an answer.</summary>
    /// <param name="ticks">How long it took.</param>
    /// <param name="problem">The answer, if it is wrong.</param>
    public void Count(long ticks, string? problem)
    {
        if (problem is not null)
        {
            // Those of the warm-up count, too: their cause is there in the measurement.
            Interlocked.Increment(ref failures);
            failure = problem;
        }
        else if (phase == LoadPhase.Measuring)
        {
            Interlocked.Increment(ref trips);
            latencies.RecordValue(Math.Max(1, ticks * 1_000_000 / Stopwatch.Frequency));
        }
    }

    /// <summary>Says what was counted.</summary>
    public LoadResult Result() => new()
    {
        Trips = Trips,
        Seconds = watch.Elapsed.TotalSeconds,
        Failures = failures,
        Failure = failure,
        Latency = Trips == 0 ? [] : new(Percentiles.ToDictionary(p => p, p => latencies.GetValueAtPercentile(p) / 1000.0)),
        CpuSeconds = cpu.TotalSeconds,
    };
}
