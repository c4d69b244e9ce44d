namespace BookingFunctions.Tests.Backends;

/// <summary>What a test sets of a backend, in terms that all of them have.</summary>
public sealed record BackendOptions
{
    /// <summary>How many turns run at a time in a worker.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = 20;

    /// <summary>How many activities run at a time in a worker.</summary>
    public int MaxConcurrentActivities { get; init; } = 20;

    /// <summary>How many instances may stay in memory between turns on our own backend; null for its default.</summary>
    public int? MaxInstancesInMemory { get; init; }

    /// <summary>After how long work of a dead worker is given to another one, on backends that wait for that.</summary>
    public TimeSpan WorkTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
