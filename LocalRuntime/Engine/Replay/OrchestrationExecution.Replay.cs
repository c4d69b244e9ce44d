using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Replay: the code runs again, and does what the history says it did.</summary>
internal sealed partial class OrchestrationExecution
{
    /// <summary>The ids of the tasks whose failure made the code do nothing: it waits for others, as in Task.WhenAll, or never looked.</summary>
    public IReadOnlySet<int> UnansweredFailures => unansweredFailures;

    /// <summary>The id of the task that has failed, if that is what an event tells; else null.</summary>
    public static int? FailedTask(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        _ => null,
    };

    /// <summary>Brings a new execution to where the history ends.</summary>
    /// <exception cref="global::DurableTask.Core.Exceptions.NonDeterministicOrchestrationException">
    /// The code does not do what the history says it did.
    /// </exception>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        IsReplaying = true;
        try
        {
            for (var i = 0; i < history.Count; i++)
            {
                // A rewound instance has in the turn of the rewind what its code asked for before.
                if (history[i] is OrchestratorStartedEvent && (i + 1 == history.Count || history[i + 1] is not ExecutionRewoundEvent))
                {
                    CheckNothingIsLeft();
                }

                Apply(history[i]);
            }

            CheckNothingIsLeft();
            WriteCustomStatus();
            if (Outcome is not null)
            {
                throw Divergence.CodeEnded(InstanceId, Outcome);
            }
        }
        finally
        {
            IsReplaying = false;
            cancelledTimers.Clear();
        }
    }

    /// <summary>
    /// Brings a new execution to where it would be if some of its tasks had not failed yet: their failures are left out,
    /// and whatever the code no longer does.
    /// </summary>
    /// <param name="history">The history.</param>
    /// <param name="withheld">The ids of the tasks whose failures are left out.</param>
    /// <returns>What is left of the history. What the code has asked for beyond it can be taken.</returns>
    public List<HistoryEvent> ReplayWithout(IEnumerable<HistoryEvent> history, IReadOnlySet<int> withheld)
    {
        var kept = new List<HistoryEvent>();
        IsReplaying = true;
        try
        {
            foreach (var historyEvent in history.Where(historyEvent => IsStillTrue(historyEvent, withheld)))
            {
                kept.Add(historyEvent);
                var before = nextId;
                Apply(historyEvent);
                if (historyEvent is TaskFailedEvent or SubOrchestrationInstanceFailedEvent && nextId == before && Outcome is null)
                {
                    unansweredFailures.Add(FailedTask(historyEvent)!.Value);
                }
            }

            WriteCustomStatus();
        }
        finally
        {
            IsReplaying = false;
            cancelledTimers.Clear();
        }

        return kept;
    }

    private void Match(HistoryEvent recorded)
    {
        if (!actions.TryDequeue(out var action))
        {
            throw Divergence.NotAskedFor(InstanceId, recorded);
        }

        if (action.Id != recorded.EventId || !action.Matches(recorded))
        {
            throw Divergence.SomethingElse(InstanceId, recorded, action);
        }

        action.StartedAt = recorded.Timestamp;
    }

    private bool IsStillTrue(HistoryEvent recorded, IReadOnlySet<int> withheld) => recorded switch
    {
        ExecutionCompletedEvent => false,
        TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent =>
            actions.TryPeek(out var action) && action.Id == recorded.EventId && action.Matches(recorded),
        TaskCompletedEvent completed => open.ContainsKey(completed.TaskScheduledId),
        TaskFailedEvent failed => open.ContainsKey(failed.TaskScheduledId) && !withheld.Contains(failed.TaskScheduledId),
        SubOrchestrationInstanceCompletedEvent completed => open.ContainsKey(completed.TaskScheduledId),
        SubOrchestrationInstanceFailedEvent failed => open.ContainsKey(failed.TaskScheduledId) && !withheld.Contains(failed.TaskScheduledId),
        TimerFiredEvent fired => open.ContainsKey(fired.TimerId),
        _ => true,
    };

    private void CheckNothingIsLeft()
    {
        if (actions.TryPeek(out var action))
        {
            throw Divergence.NotRecorded(InstanceId, action);
        }
    }
}
