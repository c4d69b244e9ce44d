namespace LocalRuntime.Engine;

/// <summary>The limits of an engine.</summary>
public sealed record DurableEngineOptions
{
    /// <summary>How many activities run at a time, from 1. 64 by default.</summary>
    public int MaxConcurrentActivities { get; init; } = 64;

    /// <summary>How many orchestrators are loaded or run a turn at a time, from 1. 64 by default.</summary>
    public int MaxConcurrentOrchestrators { get; init; } = 64;

    /// <summary>
    /// How many waiting instances are kept in memory, from 1. 2,000 by default. Others are replayed from their history
    /// when something arrives for them.
    /// </summary>
    public int MaxLiveInstances { get; init; } = 2_000;

    /// <summary>
    /// The longest input, output, event payload or custom status as JSON, in characters, from 1. 16,777,216 by default.
    /// What is longer fails the task or the call that has it.
    /// </summary>
    public int MaxPayloadLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// What the log calls an instance, made of its id: for ids with something in them that no log should hold. By default the
    /// id itself.
    /// </summary>
    public Func<string, string> NameInLogs { get; init; } = id => id;

    /// <summary>
    /// The version that instances get which are started without one, clients' and children; empty for none, the default. It is also what
    /// <see cref="VersionMatch"/> compares with.
    /// </summary>
    public string DefaultVersion { get; init; } = "";

    /// <summary>Which instances run, by their version. All by default.</summary>
    public VersionMatchStrategy VersionMatch { get; init; }

    /// <summary>What becomes of those that don't. They are left alone by default.</summary>
    public VersionFailureStrategy VersionFailure { get; init; }

    /// <summary>What runs the engine's work, the orchestrators' and the activities'.</summary>
    internal TaskScheduler Scheduler { get; init; } = TaskScheduler.Default;

    /// <summary>Where new ids come from.</summary>
    internal Func<Guid> NewGuid { get; init; } = Guid.NewGuid;

    /// <summary>
    /// Whether the client says why an instance failed, as that of a worker of its own does and that of a functions app doesn't.
    /// </summary>
    internal bool GivesFailureDetails { get; init; } = true;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentActivities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentOrchestrators, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLiveInstances, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPayloadLength, 1);
        ArgumentNullException.ThrowIfNull(NameInLogs);
    }
}
