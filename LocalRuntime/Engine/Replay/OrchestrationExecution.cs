using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Engine.Tracing;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Replay;

/// <summary>
/// One execution of an orchestrator: its code, suspended wherever it awaits something, and what it has asked for. Events
/// are applied one by one; while they come from the history, what the code does is compared with what it did then.
/// </summary>
internal sealed partial class OrchestrationExecution
{
    private readonly OrchestratorScheduler scheduler = new();
    private readonly ExternalEvents events = new();
    private readonly Dictionary<int, OpenTask> open = [];
    private readonly Queue<OrchestratorAction> actions = new();
    private readonly List<int> cancelledTimers = [];
    private readonly List<OrchestratorAction> suspendedActions = [];
    private readonly HashSet<int> finalFailures = [];
    private readonly HashSet<int> unansweredFailures = [];
    private readonly Queue<HistoryEvent> heldBack = new();
    private readonly Func<string, string?, ITaskOrchestrator> findOrchestrator;
    private readonly Failures failures;
    private readonly ILoggerFactory loggers;
    private Task<object?>? code;
    private OrchestrationOutcome? continuation;
    private bool keepsUnprocessedEvents;
    private object? shown;
    private bool isShownNew;
    private int nextId;

    /// <param name="instanceId">The instance's id.</param>
    /// <param name="findOrchestrator">Makes the orchestrator of a name and a version; throws if there is none.</param>
    /// <param name="converter">Turns inputs and results into JSON and back.</param>
    /// <param name="failures">Turns the code's exceptions into failure details.</param>
    /// <param name="loggers">For the code's replay-safe loggers.</param>
    /// <param name="resumedFromOutside">Called when something that isn't durable tries to resume the code.</param>
    public OrchestrationExecution(
        string instanceId,
        Func<string, string?, ITaskOrchestrator> findOrchestrator,
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

    /// <summary>The version of children that are started without one; empty for none.</summary>
    public string DefaultVersion { get; init; } = "";

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

    /// <summary>Its place in a trace; null if it belongs to none.</summary>
    public OrchestrationTrace? Trace { get; private set; }

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

    /// <summary>The tasks that were asked for and whose outcome the code has not seen; not those that a suspension holds back.</summary>
    public IEnumerable<OrchestratorAction> OpenTasks => open.Values.Select(task => task.Action).Except(suspendedActions);

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
                HoldBack();
                break;
            case ExecutionResumedEvent:
                IsSuspended = false;
                SuspendReason = null;
                GoOn();
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

    /// <summary>Adds events that an execution which continues as new has not even seen to those that it carries over.</summary>
    public void CarryOver(IEnumerable<EventRaisedEvent> unseen) => Outcome = Outcome! with
    {
        UnprocessedEvents = [.. Outcome.UnprocessedEvents, .. unseen.Select(raised => (raised.Name, raised.Input))],
    };

    public bool IsFinal(TaskFailedException failure) => finalFailures.Contains(failure.TaskId);

    // As upstream: what the code has asked for in the turn that suspends it is done once it is resumed.
    private void HoldBack()
    {
        suspendedActions.AddRange(actions);
        actions.Clear();
        cancelledTimers.RemoveAll(timer => suspendedActions.Exists(action => action.Id == timer));
    }

    private void GoOn()
    {
        foreach (var action in suspendedActions)
        {
            actions.Enqueue(action);
            if (action is TimerAction && !open.ContainsKey(action.Id))
            {
                cancelledTimers.Add(action.Id);
            }
        }

        suspendedActions.Clear();
    }

    private void Start(ExecutionStartedEvent started)
    {
        if (IsStarted)
        {
            return;
        }

        Started = started;
        Trace = OrchestrationTrace.Of(started, CurrentUtcDateTime);
        Pump(() => code = Task.Factory.StartNew(
            () => RunCodeAsync(started), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap());
    }

    private async Task<object?> RunCodeAsync(ExecutionStartedEvent started)
    {
        Trace?.Enter();
        var orchestrator = findOrchestrator(started.Name, started.Version);
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
            if (!IsReplaying)
            {
                Trace?.End(task.Action, arrived);
            }

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
        if (!IsReplaying)
        {
            try
            {
                WriteCustomStatus();
            }
            catch (Exception e)
            {
                Fail(e);
            }
        }

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

    // As upstream: where the code has come to, and not each step on the way there.
    private void WriteCustomStatus()
    {
        if (isShownNew)
        {
            isShownNew = false;

            // Taken back is not the same as never set, which leaves what an earlier execution has set.
            CustomStatus = Converter.Serialize(shown) ?? "null";
            shown = null;
        }
    }

    private void EndSuccessfully(object? result)
    {
        if (continuation is not null)
        {
            // What was held back while it was suspended has come after what is buffered.
            var held = heldBack.OfType<EventRaisedEvent>().Select(raised => (raised.Name, raised.Input));
            End(continuation with { UnprocessedEvents = keepsUnprocessedEvents ? [.. events.TakeBuffered(), .. held] : [] });
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

    private OrchestrationOutcome Failed(Exception exception)
    {
        var failure = failures.Of(exception);
        return new OrchestrationOutcome(OrchestrationStatus.Failed, failure.ErrorMessage, failure);
    }
}
