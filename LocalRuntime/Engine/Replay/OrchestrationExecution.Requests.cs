using DurableTask.Core;

namespace LocalRuntime.Engine.Replay;

/// <summary>What the code asks for, through its context.</summary>
internal sealed partial class OrchestrationExecution
{
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

    public void SetCustomStatus(object? status)
    {
        CheckUse();
        (shown, isShownNew) = (status, true);
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
}
