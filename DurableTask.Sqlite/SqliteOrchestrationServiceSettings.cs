using DurableTask.Core;

namespace DurableTask.Sqlite;

/// <summary>Settings of a <see cref="SqliteOrchestrationService"/>. They must not be changed once the service is made.</summary>
public sealed class SqliteOrchestrationServiceSettings
{
    /// <summary>The name of the task hub, which queries can ask for. A file has one hub. "Sqlite" by default.</summary>
    public string TaskHubName { get; set; } = "Sqlite";

    /// <summary>How many turns of orchestrators run at a time, from 1. Ten for each processor by default.</summary>
    public int MaxConcurrentTaskOrchestrationWorkItems { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>How many activities run at a time, from 1. Ten for each processor by default.</summary>
    public int MaxConcurrentTaskActivityWorkItems { get; set; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// How many instances that wait keep their state in memory, from 0: those that ran last, without those that wait only for timers which
    /// are due more than ten seconds later. The others are replayed from their history when something happens to them. 1,000 by default.
    /// </summary>
    public int MaxLiveInstances { get; set; } = 1000;

    /// <summary>
    /// How large an input, an output, an event or a custom status may be, in UTF-16 characters, from 1. What is larger is refused.
    /// Null for no limit; 10 million by default.
    /// </summary>
    public int? MaxPayloadLength { get; set; } = 10_000_000;

    /// <summary>
    /// Whether an instance's history is shown with the inputs of its activities. They are stored in any case. False by default.
    /// </summary>
    public bool StoreInputsInOrchestrationHistory { get; set; }

    /// <summary>
    /// What becomes of external events that were not consumed when an instance continues as new. They are carried over by
    /// default.
    /// </summary>
    public BehaviorOnContinueAsNew EventBehaviorForContinueAsNew { get; set; } = BehaviorOnContinueAsNew.Carryover;

    /// <summary>
    /// Says by name which activities may begin before what has scheduled them is durable, which saves an instance the wait for the disk.
    /// They must have no effect but writes to the service's own file, which are then committed with it or after it, and must make none
    /// once <see cref="SqliteOrchestrationService.GetCancellation"/> has fired. Null, the default, for none.
    /// </summary>
    public Func<string, bool>? BeginsBeforeCommit { get; set; }

    /// <summary>How long after its end an instance is removed. Null, the default, keeps it until it is purged.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>How often instances whose <see cref="Retention"/> is over are removed. An hour by default.</summary>
    public TimeSpan RetentionInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the commit of a start may wait for the instance's first turn. A millisecond by default, at most ten.</summary>
    public TimeSpan StartLinger { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// After which delay a turn or an activity is tried again that was abandoned. It doubles with each failure. One second by
    /// default.
    /// </summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two attempts. A minute by default.</summary>
    public TimeSpan LongestRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentTaskOrchestrationWorkItems, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentTaskActivityWorkItems, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxLiveInstances);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPayloadLength ?? 1, 1, nameof(MaxPayloadLength));
        ArgumentOutOfRangeException.ThrowIfLessThan(Retention ?? TimeSpan.Zero, TimeSpan.Zero, nameof(Retention));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetentionInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartLinger, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfLessThan(StartLinger, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstRetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestRetryDelay, FirstRetryDelay);
    }
}
