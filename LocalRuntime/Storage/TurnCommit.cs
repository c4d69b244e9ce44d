using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Everything that one turn of an orchestrator changes, to be committed as one.</summary>
public sealed record TurnCommit
{
    /// <summary>
    /// The row after the turn. Its status, times, output, custom status, failure, execution id, version and input are
    /// written; the rest is as it was created. If the status is terminal, the instance's timers and inbox are removed.
    /// </summary>
    public required InstanceRow Row { get; init; }

    /// <summary>The number of the turn, from 1, ascending; it orders the history.</summary>
    public required int Turn { get; init; }

    /// <summary>The history events that the turn adds, as a JSON array.</summary>
    public required string Events { get; init; }

    /// <summary>Whether the history so far is dropped first, with the timers. Activities that were scheduled stay so.</summary>
    public bool DropsHistory { get; init; }

    /// <summary>The messages that the turn consumed.</summary>
    public IReadOnlyList<long> ConsumedMessages { get; init; } = [];

    /// <summary>The ids of the activities whose outcome the turn consumed.</summary>
    public IReadOnlyList<long> FinishedActivities { get; init; } = [];

    /// <summary>Earlier writes that the turn tells of: if one of them has failed, so does the turn.</summary>
    public IReadOnlyList<Task> Assumes { get; init; } = [];

    /// <summary>The timers that the turn consumed or cancelled.</summary>
    public IReadOnlyList<int> FinishedTimers { get; init; } = [];

    /// <summary>The activities that the turn scheduled.</summary>
    public IReadOnlyList<ScheduledActivity> Activities { get; init; } = [];

    /// <summary>The timers that the turn created.</summary>
    public IReadOnlyList<ScheduledTimer> Timers { get; init; } = [];

    /// <summary>The messages that the turn sent, to other instances or to its own. Those to unknown or finished instances are dropped.</summary>
    public IReadOnlyList<InstanceMessage> Messages { get; init; } = [];

    /// <summary>The child instances that the turn started. A terminal instance that has a child's id gives way.</summary>
    public IReadOnlyList<NewInstance> Children { get; init; } = [];

    /// <summary>Checks that none of the writes that the turn tells of has failed.</summary>
    /// <exception cref="StoreUnavailableException">One has.</exception>
    internal void EnsureAssumed()
    {
        if (Assumes.FirstOrDefault(write => write.IsFaulted) is { } lost)
        {
            throw new StoreUnavailableException($"A turn of '{Row.InstanceId}' tells of what could not be written.", lost.Exception!.InnerException!);
        }
    }

    /// <summary>Whether a status is one that an instance never leaves by itself.</summary>
    /// <param name="status">The status.</param>
    public static bool IsTerminal(OrchestrationStatus status) =>
        status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated or OrchestrationStatus.Canceled;
}
