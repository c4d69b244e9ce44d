namespace BookingFunctions.Benchmarks.Load;

/// <summary>What a load generator has measured.</summary>
internal sealed record LoadResult
{
    /// <summary>How many trips were answered as they should be.</summary>
    public required long Trips { get; init; }

    /// <summary>In how many seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many answers were wrong. They don't count as trips.</summary>
    public required long Failures { get; init; }

    /// <summary>One of the wrong answers.</summary>
    public string? Failure { get; init; }

    /// <summary>How long trips took, in milliseconds, by percentile: 50, 90, 99, 99.9 and 100.</summary>
    public required SortedDictionary<double, double> Latency { get; init; }

    /// <summary>How many seconds of processor time the load generator itself has used meanwhile.</summary>
    public required double CpuSeconds { get; init; }
}
