using BookingFunctions.Benchmarks.Load;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>What a run of trips came to.</summary>
internal sealed record TripFigures
{
    /// <summary>What booked them.</summary>
    public required string Server { get; init; }

    /// <summary>Which trips.</summary>
    public required TripKind Kind { get; init; }

    /// <summary>Whether their legs were booked at once.</summary>
    public required bool Parallel { get; init; }

    /// <summary>How many clients posted them.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How many there were.</summary>
    public required long Trips { get; init; }

    /// <summary>How many a second.</summary>
    public required double TripsPerSecond { get; init; }

    /// <summary>How long they took, in milliseconds, by percentile.</summary>
    public required SortedDictionary<double, double> Latency { get; init; }

    /// <summary>The server's processor time a trip, in milliseconds.</summary>
    public required double CpuMilliseconds { get; init; }

    /// <summary>The load generator's processor time a trip, in milliseconds.</summary>
    public required double LoadCpuMilliseconds { get; init; }

    /// <summary>What the server wrote to the disk, in bytes a trip.</summary>
    public required double WrittenBytes { get; init; }

    /// <summary>How many flushes of the disk's cache there were, a trip.</summary>
    public required double DiskFlushes { get; init; }

    /// <summary>How much larger the server's files became, in bytes a trip, its write-ahead log included.</summary>
    public required double StoredBytes { get; init; }

    /// <summary>The most memory that the server has had since its start, in bytes.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>What the server allocated, in bytes a trip; null if it isn't a .NET process.</summary>
    public double? AllocatedBytes { get; init; }

    /// <summary>How much of the time garbage collections stopped the server, from 0 to 1; null if it isn't a .NET process.</summary>
    public double? PausedTime { get; init; }

    /// <summary>What the server's meters counted, a trip, by the counter's name.</summary>
    public Dictionary<string, double> Counters { get; init; } = [];
}
