using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.DurableTaskSqlite;

/// <summary>A turn whose orchestrator is the test. It does with the work item what the framework's dispatcher does.</summary>
public sealed class HandTurn
{
    private readonly DrivenHub hub;
    private readonly List<TaskMessage> activities = [];
    private readonly List<TaskMessage> messages = [];
    private readonly List<TaskMessage> timers = [];
    private readonly OrchestrationRuntimeState original;

    public HandTurn(DrivenHub hub, TaskOrchestrationWorkItem item)
    {
        this.hub = hub;
        Item = item;
        State = original = item.OrchestrationRuntimeState;
        State.AddEvent(new OrchestratorStartedEvent(-1) { Timestamp = hub.Now });
        Taken = [.. item.NewMessages.Select(message => message.Event)];
        foreach (var message in item.NewMessages)
        {
            var execution = message.OrchestrationInstance.ExecutionId;
            if (message.Event is ExecutionStartedEvent || execution is null || execution == State.OrchestrationInstance?.ExecutionId)
            {
                State.AddEvent(message.Event);
            }
        }
    }

    public TaskOrchestrationWorkItem Item { get; }

    public OrchestrationRuntimeState State { get; private set; }

    public string InstanceId => Item.InstanceId;

    /// <summary>What the turn was given.</summary>
    public IReadOnlyList<HistoryEvent> Taken { get; }

    public HandTurn Schedule(int id, string name = "Work", string? input = "\"work\"")
    {
        activities.Add(new TaskMessage
        {
            OrchestrationInstance = State.OrchestrationInstance,
            Event = new TaskScheduledEvent(id, name, "", input) { Tags = new Dictionary<string, string>() },
        });

        // As the dispatcher does: the history's event has no input.
        State.AddEvent(new TaskScheduledEvent(id, name, "") { Tags = new Dictionary<string, string>() });
        return this;
    }

    public HandTurn Timer(int id, DateTime fireAt)
    {
        State.AddEvent(new TimerCreatedEvent(id, fireAt));
        timers.Add(new TaskMessage
        {
            OrchestrationInstance = State.OrchestrationInstance,
            Event = new TimerFiredEvent(-1, fireAt) { TimerId = id },
        });
        return this;
    }

    public HandTurn Child(int id, string instanceId)
    {
        State.AddEvent(new SubOrchestrationInstanceCreatedEvent(id) { Name = "Child", Version = "", InstanceId = instanceId });
        OrchestrationInstance child = new() { InstanceId = instanceId, ExecutionId = $"{instanceId}-1" };
        messages.Add(new TaskMessage
        {
            OrchestrationInstance = child,
            Event = new ExecutionStartedEvent(-1, "\"child\"")
            {
                OrchestrationInstance = child,
                Name = "Child",
                Version = "",
                ParentInstance = new ParentInstance
                {
                    OrchestrationInstance = State.OrchestrationInstance,
                    Name = State.Name,
                    Version = State.Version,
                    TaskScheduleId = id,
                },
            },
        });
        return this;
    }

    public HandTurn Send(int id, string instanceId, string name)
    {
        State.AddEvent(new EventSentEvent(id) { InstanceId = instanceId, Name = name });
        messages.Add(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = new EventRaisedEvent(-1, null) { Name = name },
        });
        return this;
    }

    public HandTurn Status(string? customStatus)
    {
        State.Status = customStatus;
        return this;
    }

    public HandTurn End(string? output = "\"done\"", OrchestrationStatus status = OrchestrationStatus.Completed)
    {
        State.AddEvent(new ExecutionCompletedEvent(100, output, status));
        if (State.ParentInstance is { } parent)
        {
            messages.Add(new TaskMessage
            {
                OrchestrationInstance = parent.OrchestrationInstance,
                Event = status == OrchestrationStatus.Completed
                    ? new SubOrchestrationInstanceCompletedEvent(-1, parent.TaskScheduleId, output)
                    : new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, output, null),
            });
        }

        return this;
    }

    public HandTurn ContinueAsNew(string executionId)
    {
        State.AddEvent(new ContinueAsNewEvent(100, "\"again\""));
        OrchestrationInstance next = new() { InstanceId = InstanceId, ExecutionId = executionId };
        ExecutionStartedEvent start = new(-1, "\"again\"")
        {
            OrchestrationInstance = next,
            Name = State.Name,
            Version = State.Version,
            Tags = State.Tags,
        };
        State = new OrchestrationRuntimeState();
        State.AddEvent(new OrchestratorStartedEvent(-1) { Timestamp = hub.Now });
        State.AddEvent(start);
        return this;
    }

    /// <summary>Completes the turn, up to where its write is made.</summary>
    public async Task MadeAsync()
    {
        var complete = Complete();
        hub.Make();
        await complete.WaitAsync(TimeSpan.FromSeconds(10));
        Item.OrchestrationRuntimeState = State;
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(Item);
    }

    /// <summary>Completes the turn, and commits it.</summary>
    public async Task CommittedAsync()
    {
        await MadeAsync();
        hub.Commit();
    }

    /// <summary>Completes the turn.</summary>
    public Task Complete()
    {
        State.AddEvent(new OrchestratorCompletedEvent(-1));
        Item.OrchestrationRuntimeState = original;
        return hub.Service.CompleteTaskOrchestrationWorkItemAsync(
            Item,
            State,
            activities,
            messages,
            timers,
            continuedAsNewMessage: null!,
            new OrchestrationState { OrchestrationStatus = State.OrchestrationStatus, Status = State.Status });
    }

    /// <summary>Gives the turn up, as the dispatcher does after an exception.</summary>
    public async Task AbandonAsync()
    {
        await hub.Service.AbandonTaskOrchestrationWorkItemAsync(Item);
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(Item);
    }
}
