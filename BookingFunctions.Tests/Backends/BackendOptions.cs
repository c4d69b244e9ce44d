namespace BookingFunctions.Tests.Backends;

/// <summary>What a test sets of a backend.</summary>
public sealed record BackendOptions
{
    /// <summary>How many turns run at a time in a worker.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = 20;

    /// <summary>How many activities run at a time in a worker.</summary>
    public int MaxConcurrentActivities { get; init; } = 20;

    /// <summary>On Azure Storage, after how long the work of a dead worker is given to another one.</summary>
    public TimeSpan WorkTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>On Azure Storage, into how many partitions instances are divided. Each is owned by one worker at a time.</summary>
    public int PartitionCount { get; init; } = 1;

    /// <summary>On SQLite, how many instances may stay in memory between turns; null for the default.</summary>
    public int? MaxInstancesInMemory { get; init; }

    /// <summary>On SQLite, how long a payload may be; null for any length.</summary>
    public int? MaxPayloadLength { get; init; }

    /// <summary>On SQLite, the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
