using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Runs a turn: hands an instance's code what has arrived, and collects what it asks for.</summary>
internal sealed class TurnRunner(TimeProvider clock)
{
    /// <summary>Runs a turn, if what has arrived makes one.</summary>
    /// <param name="live">The instance, loaded.</param>
    /// <param name="arrived">What has arrived, in order.</param>
    /// <param name="broken">Why its history can't be replayed, or null if it was.</param>
    public Turn? Run(LiveInstance live, IReadOnlyList<Delivery> arrived, Exception? broken)
    {
        var execution = live.Execution!;
        var now = clock.GetUtcNow().UtcDateTime;
        var consumed = new List<Delivery>();
        var events = new List<HistoryEvent> { new OrchestratorStartedEvent(-1) { Timestamp = now } };
        if (broken is not null)
        {
            EndBroken(execution, arrived, broken);
        }
        else
        {
            if (!execution.IsStarted && !CanStart(arrived))
            {
                return null;
            }

            execution.Apply(events[0]);
            ApplyAll(live, arrived, events, consumed);
            CheckCode(execution);
        }

        // A wake-up for a timer that was cancelled meanwhile, or the outcome of a task of an earlier execution.
        if (events.Count == 1 && execution.Outcome is null && consumed.All(delivery => delivery.MessageId is null))
        {
            return null;
        }

        return Finish(live, now, events, consumed);
    }

    /// <summary>Makes the turn that rewinds a failed instance.</summary>
    /// <param name="live">The instance, its execution replayed without some failures.</param>
    /// <param name="history">What is left of its history.</param>
    /// <param name="reason">Why it is rewound, or null.</param>
    public Turn Rewind(LiveInstance live, List<HistoryEvent> history, string? reason)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<HistoryEvent> events =
        [
            .. history,
            new OrchestratorStartedEvent(-1) { Timestamp = now },
            new ExecutionRewoundEvent(-1, reason) { Timestamp = now },
        ];
        var turn = Finish(live, now, events, []);
        return turn with
        {
            RewritesHistory = true,
            StartedAgain = turn.Outcome is null ? [.. live.Execution!.OpenTasks.Except(turn.Actions)] : [],
        };
    }

    // What can't be replayed can still be terminated.
    private static void EndBroken(OrchestrationExecution execution, IReadOnlyList<Delivery> arrived, Exception broken)
    {
        if (arrived.FirstOrDefault(delivery => delivery.Event is ExecutionTerminatedEvent) is { } termination)
        {
            execution.Apply(termination.Event!);
        }
        else
        {
            execution.Fail(broken);
        }
    }

    private static bool CanStart(IReadOnlyList<Delivery> arrived) => arrived.Any(delivery => delivery.Event is ExecutionStartedEvent);

    private static void ApplyAll(LiveInstance live, IReadOnlyList<Delivery> arrived, List<HistoryEvent> events, List<Delivery> consumed)
    {
        var execution = live.Execution!;
        var isTerminated = !execution.IsStarted && arrived.Any(delivery => delivery.Event is ExecutionTerminatedEvent);
        foreach (var delivery in arrived)
        {
            if (execution.Outcome is { Status: OrchestrationStatus.ContinuedAsNew })
            {
                // The rest is for the execution that goes on.
                break;
            }

            if (!IsFor(live.Row!, delivery))
            {
                // Its message goes, but its task's id means something else by now.
                consumed.Add(delivery with { Event = null });
                continue;
            }

            consumed.Add(delivery);
            if (execution.Outcome is not null || delivery.Event is null)
            {
                continue;
            }

            events.Add(delivery.Event);
            if (isTerminated && delivery.Event is not ExecutionTerminatedEvent)
            {
                // Terminated before it began: it is recorded that it was to start, but its code never runs.
                continue;
            }

            Apply(execution, delivery.Event);
            if (delivery.Event is ExecutionStartedEvent { Generation: null })
            {
                // As the genuine backend: what continued as new has a turn of its own for its start.
                events.Add(new OrchestratorCompletedEvent(-1) { Timestamp = events[0].Timestamp });
                ApplyCarriedOver(execution, delivery.CarriedOver, events);
            }
        }
    }

    private static void ApplyCarriedOver(OrchestrationExecution execution, IReadOnlyList<EventRaisedEvent> carriedOver, List<HistoryEvent> events)
    {
        for (var i = 0; i < carriedOver.Count; i++)
        {
            if (execution.Outcome is { Status: OrchestrationStatus.ContinuedAsNew })
            {
                execution.CarryOver(carriedOver.Skip(i));
                return;
            }

            if (execution.Outcome is not null)
            {
                return;
            }

            events.Add(carriedOver[i]);
            Apply(execution, carriedOver[i]);
        }
    }

    private static bool IsFor(InstanceRow row, Delivery delivery) =>
        (delivery.ExecutionId is null || delivery.ExecutionId == row.ExecutionId)
        && (delivery.InstanceKey is null || delivery.InstanceKey == row.Key);

    private static void Apply(OrchestrationExecution execution, HistoryEvent next)
    {
        try
        {
            execution.Apply(next);
        }
        catch (NonDeterministicOrchestrationException e)
        {
            execution.Fail(e);
        }
    }

    private static void CheckCode(OrchestrationExecution execution)
    {
        if (execution.Outcome is null && (execution.WasResumedFromOutside || execution.IsStuck))
        {
            execution.Fail(new InvalidOperationException(
                $"The orchestrator of '{execution.InstanceId}' awaits something that isn't durable, so that it could not be resumed after a"
                + " crash. An orchestrator may await only tasks that come from its context: use CreateTimer instead of Task.Delay, and an"
                + " activity for I/O and for work on other threads."));
        }
    }

    private Turn Finish(LiveInstance live, DateTime now, List<HistoryEvent> events, List<Delivery> consumed)
    {
        var execution = live.Execution!;
        var end = clock.GetUtcNow().UtcDateTime;
        var actions = execution.TakeActions();
        foreach (var action in actions)
        {
            var historyEvent = action.ToEvent();
            historyEvent.Timestamp = end;
            action.StartedAt = end;
            events.Add(historyEvent);
        }

        var outcome = execution.Outcome;
        var row = live.Row! with
        {
            UpdatedAt = end,
            Status = execution.IsSuspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running,
            Output = execution.IsSuspended ? execution.SuspendReason : null,
            CustomStatus = execution.CustomStatus ?? live.Row.CustomStatus ?? "null",
        };
        if (outcome is { Status: OrchestrationStatus.ContinuedAsNew })
        {
            events.Clear();
            row = row with
            {
                ExecutionId = DeterministicGuid.Create(row.InstanceId, row.ExecutionId, -1).ToString("N"),
                Input = outcome.Result,
                Version = outcome.NewVersion ?? row.Version,
            };
        }
        else if (outcome is not null)
        {
            events.Add(new ExecutionCompletedEvent(execution.TakeId(), outcome.Result, outcome.Status, outcome.Failure) { Timestamp = end });
            row = row with
            {
                Status = outcome.Status,
                CompletedAt = end,
                Output = outcome.Failure is { } failure ? Failures.Describe(failure) : outcome.Result,
                Failure = outcome.Failure is { } details ? FailureJson.Write(details) : null,
            };
        }

        if (events.Count > 0)
        {
            events.Add(new OrchestratorCompletedEvent(-1) { Timestamp = end });
        }

        return new Turn
        {
            Row = row,
            Number = live.LastTurn + 1,
            ExecutionId = live.Row.ExecutionId,
            Now = end,
            Events = HistoryJson.WriteAll(events),
            Consumed = consumed,
            Actions = actions,
            CancelledTimers = execution.TakeCancelledTimers(),
            Trace = execution.Trace,
            EndedTasks = execution.Trace?.TakeEnded() ?? [],
            Outcome = outcome,
            TerminatedChildren = outcome?.Status == OrchestrationStatus.Terminated && consumed.Any(delivery => delivery.IsRecursive)
                ? [.. execution.OpenTasks.OfType<SubOrchestrationAction>().Select(child => child.InstanceId)]
                : [],
            Started = execution.Started ?? consumed.Select(delivery => delivery.Event).OfType<ExecutionStartedEvent>().FirstOrDefault(),
        };
    }
}
