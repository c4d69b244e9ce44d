using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Replay;

/// <summary>
/// One execution of an orchestrator: its code, suspended wherever it awaits something, and what it has asked for. Events
/// are applied one by one; while they come from the history, what the code does is compared with what it did then.
/// </summary>
internal sealed class OrchestrationExecution
{
    private readonly OrchestratorScheduler scheduler = new();
    private readonly ExternalEvents events = new();
    private readonly Dictionary<int, OpenTask> open = [];
    private readonly Queue<OrchestratorAction> actions = new();
    private readonly List<int> cancelledTimers = [];
    private readonly HashSet<int> finalFailures = [];
    private readonly HashSet<int> unansweredFailures = [];
    private readonly Queue<HistoryEvent> heldBack = new();
    private readonly Func<string, ITaskOrchestrator> findOrchestrator;
    private readonly Failures failures;
    private readonly ILoggerFactory loggers;
    private Task<object?>? code;
    private OrchestrationOutcome? continuation;
    private bool keepsUnprocessedEvents;
    private int nextId;

    /// <param name="instanceId">The instance's id.</param>
    /// <param name="findOrchestrator">Makes the orchestrator of a name; throws if there is none.</param>
    /// <param name="converter">Turns inputs and results into JSON and back.</param>
    /// <param name="failures">Turns the code's exceptions into failure details.</param>
    /// <param name="loggers">For the code's replay-safe loggers.</param>
    /// <param name="resumedFromOutside">Called when something that isn't durable tries to resume the code.</param>
    public OrchestrationExecution(
        string instanceId,
        Func<string, ITaskOrchestrator> findOrchestrator,
        DataConverter converter,
        Failures failures,
        ILoggerFactory loggers,
        Action? resumedFromOutside = null)
    {
        InstanceId = instanceId;
        Converter = converter;
        this.findOrchestrator = findOrchestrator;
        this.failures = failures;
        this.loggers = loggers;
        scheduler.ResumedFromOutside = resumedFromOutside;
    }

    public string InstanceId { get; }

    /// <summary>Empty until the execution has started.</summary>
    public string ExecutionId => Started?.OrchestrationInstance.ExecutionId ?? "";

    public DataConverter Converter { get; }

    public DateTime CurrentUtcDateTime { get; private set; }

    public bool IsReplaying { get; private set; }

    public bool IsStarted => Started is not null;

    public bool IsSuspended { get; private set; }

    /// <summary>Why it is suspended, or null.</summary>
    public string? SuspendReason { get; private set; }

    /// <summary>The custom status as JSON, or null if the code has set none.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>How the execution ended; null while it hasn't.</summary>
    public OrchestrationOutcome? Outcome { get; private set; }

    /// <summary>What started it; null until it has started.</summary>
    public ExecutionStartedEvent? Started { get; private set; }

    public bool WasResumedFromOutside => scheduler.WasResumedFromOutside;

    /// <summary>Whether nothing durable will ever resume the code.</summary>
    public bool IsStuck => IsStarted && Outcome is null && !IsSuspended && open.Count == 0 && events.WaiterCount == 0;

    /// <summary>Takes what the code has asked for since the last time, in order.</summary>
    public IReadOnlyList<OrchestratorAction> TakeActions()
    {
        var taken = actions.ToArray();
        actions.Clear();
        return taken;
    }

    /// <summary>Takes the ids of the timers that were cancelled since the last time.</summary>
    public IReadOnlyList<int> TakeCancelledTimers()
    {
        var taken = cancelledTimers.ToArray();
        cancelledTimers.Clear();
        return taken;
    }

    /// <summary>The id of the next event that the code causes.</summary>
    public int TakeId() => nextId++;

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
        }
        finally
        {
            IsReplaying = false;
            cancelledTimers.Clear();
        }

        return kept;
    }

    /// <summary>The ids of the tasks whose failure made the code do nothing: it waits for others, as in Task.WhenAll, or never looked.</summary>
    public IReadOnlySet<int> UnansweredFailures => unansweredFailures;

    /// <summary>The id of the task that has failed, if that is what an event tells; else null.</summary>
    public static int? FailedTask(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        _ => null,
    };

    /// <summary>The tasks whose outcome the code has not seen.</summary>
    public IEnumerable<OrchestratorAction> OpenTasks => open.Values.Select(task => task.Action);

    /// <summary>Applies the next event, and runs the code as far as it goes.</summary>
    public void Apply(HistoryEvent next)
    {
        if (Outcome is not null && !IsReplaying)
        {
            return;
        }

        switch (next)
        {
            case OrchestratorStartedEvent:
                CurrentUtcDateTime = next.Timestamp;
                break;
            case ExecutionStartedEvent started:
                Start(started);
                break;
            case ExecutionTerminatedEvent terminated:
                End(new OrchestrationOutcome(OrchestrationStatus.Terminated, terminated.Input));
                break;
            case ExecutionSuspendedEvent suspended:
                IsSuspended = true;
                SuspendReason = suspended.Reason;
                break;
            case ExecutionResumedEvent:
                IsSuspended = false;
                SuspendReason = null;
                while (!IsSuspended && Outcome is null && heldBack.TryDequeue(out var held))
                {
                    Deliver(held);
                }

                break;
            case TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent:
                Match(next);
                break;
            case TaskCompletedEvent or TaskFailedEvent or SubOrchestrationInstanceCompletedEvent
                or SubOrchestrationInstanceFailedEvent or TimerFiredEvent or EventRaisedEvent:
                if (IsSuspended)
                {
                    heldBack.Enqueue(next);
                }
                else
                {
                    Deliver(next);
                }

                break;
        }
    }

    /// <summary>Ends the execution with a failure that is the engine's to report; what the code asked for in this turn is dropped.</summary>
    public void Fail(Exception exception)
    {
        actions.Clear();
        End(Failed(exception));
    }

    public bool IsFinal(TaskFailedException failure) => finalFailures.Contains(failure.TaskId);

    /// <summary>Checks that the context is used by the orchestrator's own code, while it runs.</summary>
    /// <exception cref="InvalidOperationException">It isn't.</exception>
    public void CheckUse()
    {
        if (!scheduler.IsPumping)
        {
            throw new InvalidOperationException(
                $"The orchestration context of '{InstanceId}' was used outside of its orchestrator's code, from another thread or after"
                + " an await of something that isn't durable. An orchestrator may await only tasks that come from its context.");
        }

        if (Outcome is not null)
        {
            throw new InvalidOperationException($"The orchestration context of '{InstanceId}' was used after its orchestrator ended.");
        }
    }

    public Task<string?> CallActivity(string name, string? version, string? input, IDictionary<string, string> tags) =>
        StartTask(id => new ActivityAction(id, name, version, input, tags));

    public Task<string?> StartSubOrchestration(
        string name, string? version, string instanceId, string? input, IDictionary<string, string>? tags) =>
        StartTask(id => new SubOrchestrationAction(id, name, version, instanceId, input, tags));

    public Task CreateTimer(DateTime fireAt, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        var id = nextId;
        var task = StartTask(_ => new TimerAction(id, fireAt));
        if (cancellation.CanBeCanceled)
        {
            var source = open[id].Source;
            cancellation.Register(() => OnPump(() =>
            {
                if (open.Remove(id))
                {
                    cancelledTimers.Add(id);
                    source.TrySetCanceled(cancellation);
                }
            }));
        }

        return task;
    }

    public Task<string?> WaitForEvent(string name, Type type, CancellationToken cancellation)
    {
        CheckUse();
        ArgumentException.ThrowIfNullOrEmpty(name);
        return events.WaitAsync(name, type, OnPump, cancellation);
    }

    public void SendEvent(string instanceId, string name, string? input)
    {
        CheckUse();
        actions.Enqueue(new SendEventAction(nextId++, instanceId, name, input));
    }

    public void SetCustomStatus(string? json)
    {
        CheckUse();
        CustomStatus = json;
    }

    public void ContinueAsNew(string? input, string? newVersion, bool keepUnprocessedEvents)
    {
        CheckUse();
        keepsUnprocessedEvents = keepUnprocessedEvents;
        continuation = new OrchestrationOutcome(OrchestrationStatus.ContinuedAsNew, input) { NewVersion = newVersion };
    }

    private Task<string?> StartTask(Func<int, OrchestratorAction> create)
    {
        CheckUse();
        var id = nextId++;
        var task = new OpenTask(create(id));
        open.Add(id, task);
        actions.Enqueue(task.Action);
        return task.Source.Task;
    }

    // A token that was cancelled by another thread would be cancelled elsewhere in a replay.
    private void OnPump(Action action)
    {
        if (scheduler.IsPumping)
        {
            action();
        }
        else
        {
            Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.None, scheduler);
        }
    }

    private void Start(ExecutionStartedEvent started)
    {
        if (IsStarted)
        {
            return;
        }

        Started = started;
        Pump(() => code = Task.Factory.StartNew(
            () => RunCodeAsync(started), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap());
    }

    private async Task<object?> RunCodeAsync(ExecutionStartedEvent started)
    {
        var orchestrator = findOrchestrator(started.Name);
        var input = orchestrator.InputType == typeof(void) ? null : Converter.Deserialize(started.Input, orchestrator.InputType);
        var parent = started.ParentInstance is { } p
            ? new ParentOrchestrationInstance(p.Name ?? "", p.OrchestrationInstance.InstanceId)
            : null;
        var context = new EngineOrchestrationContext(this, started.Name, started.Version, parent, input, loggers);
        return await orchestrator.RunAsync(context, input);
    }

    private void Deliver(HistoryEvent arrived)
    {
        switch (arrived)
        {
            case TaskCompletedEvent completed:
                Complete(completed, completed.TaskScheduledId, task => task.Source.SetResult(completed.Result));
                break;
            case TaskFailedEvent failed:
                Complete(failed, failed.TaskScheduledId, task => Fail(task, failed.TaskScheduledId, failed.FailureDetails));
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                Complete(completed, completed.TaskScheduledId, task => task.Source.SetResult(completed.Result));
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                Complete(failed, failed.TaskScheduledId, task => Fail(task, failed.TaskScheduledId, failed.FailureDetails));
                break;
            case TimerFiredEvent fired:
                Complete(fired, fired.TimerId, task => task.Source.SetResult(null));
                break;
            case EventRaisedEvent raised:
                Pump(() => events.Raise(raised.Name, raised.Input));
                break;
        }
    }

    private void Fail(OpenTask task, int id, FailureDetails? failure)
    {
        if (failure is { IsNonRetriable: true })
        {
            finalFailures.Add(id);
        }

        var details = TaskFailureDetails.FromCore(failure) ?? new TaskFailureDetails("(unknown)", "The failure was not recorded.", null, null, null);
        task.Source.SetException(new TaskFailedException(task.Name, id, details));
    }

    private void Complete(HistoryEvent arrived, int id, Action<OpenTask> complete)
    {
        if (open.Remove(id, out var task))
        {
            Pump(() => complete(task));
        }
        else if (id >= nextId)
        {
            throw Divergence.NeverStarted(InstanceId, arrived, id);
        }
    }

    private void Pump(Action begin)
    {
        scheduler.Pump(begin);
        if (Outcome is not null || code is not { IsCompleted: true })
        {
            return;
        }

        if (code.IsCompletedSuccessfully)
        {
            EndSuccessfully(code.Result);
        }
        else
        {
            End(Failed(code.Exception?.InnerException ?? new TaskCanceledException(code)));
        }
    }

    private void EndSuccessfully(object? result)
    {
        if (continuation is not null)
        {
            End(continuation with { UnprocessedEvents = keepsUnprocessedEvents ? events.TakeBuffered() : [] });
            return;
        }

        try
        {
            End(new OrchestrationOutcome(OrchestrationStatus.Completed, Converter.Serialize(result)));
        }
        catch (Exception e)
        {
            End(Failed(e));
        }
    }

    private void End(OrchestrationOutcome outcome) => Outcome ??= outcome;

    private OrchestrationOutcome Failed(Exception exception) =>
        new(OrchestrationStatus.Failed, exception.Message, failures.Of(exception));

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
