using System.Collections.Concurrent;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>
/// Writes to the store. It gives ids and submits the write that uses them under one lock, so that ids ascend in the
/// order in which writes take effect: that is how an instance knows which messages its load can't have seen.
/// </summary>
internal sealed class StoreWriter(IOrchestrationStore store)
{
    private readonly Lock gate = new();
    private long lastKey;
    private long lastMessage;

    // Instances that were created and not read since, by key.
    private readonly ConcurrentDictionary<long, bool> unread = new();

    /// <summary>Gives only ids after those that the store has seen.</summary>
    public void StartAfter(OpenWork work)
    {
        lastKey = work.LastInstanceKey;
        lastMessage = work.LastMessageId;
    }

    /// <summary>Creates an instance.</summary>
    /// <returns>The status of the instance that has the id already, or null, and what to deliver then.</returns>
    public async Task<(OrchestrationStatus? Taken, Delivery Start)> CreateAsync(
        InstanceRow row, ExecutionStartedEvent started, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        Task<OrchestrationStatus?> write;
        Delivery start;
        var json = MessageJson.Write(started);
        lock (gate)
        {
            var message = new InstanceMessage(++lastMessage, row.InstanceId, json, started.ScheduledStartTime);
            row = row with { Key = ++lastKey };
            start = new Delivery(started) { MessageId = message.Id, Created = row };
            unread[row.Key] = true;
            write = store.CreateAsync(new NewInstance(row, message), replaceable);
        }

        store.WriteQueued();

        var isNew = false;
        try
        {
            var taken = await write;
            isNew = taken is null && started.ScheduledStartTime is null;
            return (taken, start);
        }
        finally
        {
            if (!isNew)
            {
                MarkRead(row.Key);
            }
        }
    }

    /// <summary>Creates an instance as it is after its first turn.</summary>
    /// <param name="firstTurn">The turn; the key of its row is given here.</param>
    /// <param name="replaceable">The statuses in which an older instance gives way.</param>
    /// <returns>
    /// The status of the instance that has the id already, or null; the turn, or null if the id is taken; and the id of the last message
    /// that can't be for the new instance.
    /// </returns>
    public async Task<(OrchestrationStatus? Taken, CommittedTurn? Committed, long LastBefore)> StartAsync(
        Turn firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        Task<StartResult> write;
        PreparedTurn prepared;
        long lastBefore;
        lock (gate)
        {
            lastBefore = lastMessage;
            prepared = Prepare(firstTurn with { Row = firstTurn.Row with { Key = ++lastKey } });
            write = store.StartAsync(prepared.Commit, replaceable);
        }

        store.WriteQueued();

        StartResult? result = null;
        try
        {
            result = await write;
        }
        finally
        {
            Settle(prepared, result?.Turn);
        }

        return (result.Taken, result.Turn is null ? null : new CommittedTurn(prepared.Turn, prepared.Commit, prepared.Deliveries), lastBefore);
    }

    /// <summary>Notes that an instance is in memory: from then on, what it was created with says nothing about it any more.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether it was created by this engine, and is in memory for the first time.</returns>
    public bool MarkRead(long key) => unread.TryRemove(key, out _);

    /// <summary>Puts an event into an instance's inbox.</summary>
    /// <returns>The instance's status, or null if there is none, and what to deliver if that isn't terminal.</returns>
    public async Task<(OrchestrationStatus? Status, Delivery Delivery)> PostAsync(
        string instanceId, HistoryEvent historyEvent, bool isRecursive = false)
    {
        Task<OrchestrationStatus?> write;
        Delivery delivery;
        var json = MessageJson.Write(historyEvent, isRecursive: isRecursive);
        lock (gate)
        {
            delivery = new Delivery(historyEvent) { MessageId = ++lastMessage, IsRecursive = isRecursive };
            write = store.PostAsync(new InstanceMessage(lastMessage, instanceId, json));
        }

        return (await write, delivery);
    }

    /// <summary>Commits a turn.</summary>
    /// <exception cref="InstanceGoneException">The instance was purged or replaced meanwhile.</exception>
    public async Task<CommittedTurn> CommitAsync(Turn turn)
    {
        Task<TurnResult> write;
        PreparedTurn prepared;
        lock (gate)
        {
            prepared = Prepare(turn);
            write = store.CommitAsync(prepared.Commit);
        }

        store.WriteQueued();

        TurnResult? result = null;
        try
        {
            result = await write;
        }
        finally
        {
            Settle(prepared, result);
        }

        return new CommittedTurn(turn, prepared.Commit, prepared.Deliveries);
    }

    // Adds what is to be delivered of a turn's children. Those that are not there (none is, without a result) will never be read.
    private void Settle(PreparedTurn prepared, TurnResult? result)
    {
        foreach (var (childId, start, ifTaken) in prepared.Children)
        {
            if (result is not null && !result.RefusedChildren.Contains(start.Created!.Key))
            {
                prepared.Deliveries.Add((childId, start));
                continue;
            }

            MarkRead(start.Created!.Key);
            prepared.Deliveries.Add((prepared.Turn.Row.InstanceId, ifTaken));
        }
    }

    private PreparedTurn Prepare(Turn turn)
    {
        var deliveries = new List<(string InstanceId, Delivery Delivery)>();
        var children = new List<(string InstanceId, Delivery Start, Delivery IfTaken)>();
        var row = turn.Row;
        var goesOn = turn.Outcome is null;
        var messages = new List<InstanceMessage>();
        var started = new List<NewInstance>();
        void Send(string instanceId, HistoryEvent historyEvent, string? executionId = null, bool isRecursive = false)
        {
            historyEvent.Timestamp = turn.Now;
            var message = new InstanceMessage(++lastMessage, instanceId, MessageJson.Write(historyEvent, executionId, isRecursive));
            messages.Add(message);
            deliveries.Add((instanceId, new Delivery(historyEvent) { MessageId = message.Id, ExecutionId = executionId, IsRecursive = isRecursive }));
        }

        foreach (var child in turn.TerminatedChildren)
        {
            Send(child, new ExecutionTerminatedEvent(-1, turn.Outcome?.Result), isRecursive: true);
        }

        if (goesOn && turn.StartedAgain.Any(action => action is SubOrchestrationAction))
        {
            // Whatever its children said while it had failed was dropped: with this it is loaded, and that looks at them.
            var look = new InstanceMessage(++lastMessage, row.InstanceId, MessageJson.Write(null));
            messages.Add(look);
            deliveries.Add((row.InstanceId, Delivery.Look with { MessageId = look.Id }));
        }

        foreach (var action in turn.Actions)
        {
            if (action is SendEventAction sent)
            {
                Send(sent.InstanceId, new EventRaisedEvent(-1, sent.Input) { Name = sent.Name });
            }
            else if (action is SubOrchestrationAction child)
            {
                started.Add(ToChild(turn, child, children));
            }
        }

        if (turn.Outcome is { Status: OrchestrationStatus.ContinuedAsNew } continuation)
        {
            // In one message with the start: they are older than whatever waits in the inbox with a lower id.
            var start = Continue(turn);
            start.Timestamp = turn.Now;
            EventRaisedEvent[] carriedOver =
            [
                .. continuation.UnprocessedEvents.Select(raised => new EventRaisedEvent(-1, raised.Input) { Name = raised.Name, Timestamp = turn.Now }),
            ];
            var message = new InstanceMessage(++lastMessage, row.InstanceId, MessageJson.Write(start, carriedOver: carriedOver));
            messages.Add(message);
            deliveries.Add((row.InstanceId, new Delivery(start) { MessageId = message.Id, CarriedOver = carriedOver }));
        }
        else if (turn.Outcome is { } outcome && turn.Started?.ParentInstance is { } parent)
        {
            Send(parent.OrchestrationInstance.InstanceId, ToParent(row, outcome, parent.TaskScheduleId), parent.OrchestrationInstance.ExecutionId);
        }

        var commit = new TurnCommit
        {
            Row = row,
            Turn = turn.Number,
            Events = turn.Events,
            DropsHistory = turn.RewritesHistory || turn.Outcome is { Status: OrchestrationStatus.ContinuedAsNew },
            ConsumedMessages = [.. turn.Consumed.Where(delivery => delivery.MessageId is not null).Select(delivery => delivery.MessageId!.Value)],
            FinishedActivities = [.. turn.Consumed.Select(delivery => delivery.ActivityId).OfType<long>()],
            Assumes = [.. turn.Consumed.SelectMany(delivery => delivery.Assumes)],
            FinishedTimers = [.. turn.Consumed.Select(delivery => (delivery.Event as TimerFiredEvent)?.TimerId).OfType<int>(), .. turn.CancelledTimers],
            Activities = [.. turn.StartedAgain.Concat(turn.Actions).OfType<ActivityAction>().Select(action => new ScheduledActivity(
                ++lastMessage, row.Key, row.InstanceId, turn.ExecutionId, action.Id, action.Name, action.Version, action.Input)
            {
                Trace = turn.Trace?.ContextOf(action.Id),
            })],
            Timers = !goesOn ? [] : [.. turn.StartedAgain.Concat(turn.Actions).OfType<TimerAction>().Where(action => !turn.CancelledTimers.Contains(action.Id)).Select(
                action => new ScheduledTimer(row.Key, row.InstanceId, turn.ExecutionId, action.Id, action.FireAt))],
            Messages = messages,
            Children = started,
        };
        return new PreparedTurn(turn, commit, deliveries, children);
    }

    private static ExecutionStartedEvent Continue(Turn turn) => new(-1, turn.Row.Input)
    {
        Name = turn.Row.Name,
        Version = turn.Row.Version,
        OrchestrationInstance = new OrchestrationInstance { InstanceId = turn.Row.InstanceId, ExecutionId = turn.Row.ExecutionId },
        ParentInstance = turn.Started?.ParentInstance,
        Tags = turn.Started?.Tags ?? new Dictionary<string, string>(),
        ParentTraceContext = turn.Started?.ParentTraceContext,
    };

    /// <summary>What a parent is told of a child that has ended.</summary>
    public static HistoryEvent ToParent(InstanceRow row, OrchestrationOutcome outcome, int taskId) => outcome.Status switch
    {
        OrchestrationStatus.Completed => new SubOrchestrationInstanceCompletedEvent(-1, taskId, outcome.Result),
        OrchestrationStatus.Terminated => new SubOrchestrationInstanceFailedEvent(-1, taskId, outcome.Result, null, new FailureDetails(
            typeof(OperationCanceledException).FullName!,
            $"The instance '{row.InstanceId}' was terminated" + (outcome.Result is { Length: > 0 } reason ? $": {reason}" : "."),
            null,
            null,
            false)),
        _ => new SubOrchestrationInstanceFailedEvent(-1, taskId, null, null, outcome.Failure),
    };

    private NewInstance ToChild(
        Turn turn, SubOrchestrationAction child, List<(string InstanceId, Delivery Start, Delivery IfTaken)> children)
    {
        var parent = turn.Row;
        var executionId = DeterministicGuid.Create(child.InstanceId, parent.ExecutionId, child.Id).ToString("N");
        var started = new ExecutionStartedEvent(-1, child.Input)
        {
            Name = child.Name,
            Version = child.Version,
            Timestamp = turn.Now,
            Generation = 0,
            OrchestrationInstance = new OrchestrationInstance { InstanceId = child.InstanceId, ExecutionId = executionId },
            Tags = child.Tags ?? new Dictionary<string, string>(),
            ParentTraceContext = turn.Trace?.ContextOf(child.Id),
            ParentInstance = new ParentInstance
            {
                Name = parent.Name,
                TaskScheduleId = child.Id,
                OrchestrationInstance = new OrchestrationInstance { InstanceId = parent.InstanceId, ExecutionId = parent.ExecutionId },
            },
        };
        var refused = new SubOrchestrationInstanceFailedEvent(-1, child.Id, null, null, new FailureDetails(
            typeof(OrchestrationAlreadyExistsException).FullName!,
            $"The sub-orchestrator '{child.Name}' can't start as '{child.InstanceId}': an instance with that id is still running.",
            null,
            null,
            false))
        {
            Timestamp = turn.Now,
        };
        var start = new InstanceMessage(++lastMessage, child.InstanceId, MessageJson.Write(started));
        var ifTaken = new InstanceMessage(++lastMessage, parent.InstanceId, MessageJson.Write(refused, parent.ExecutionId));
        var row = new InstanceRow
        {
            Key = ++lastKey,
            InstanceId = child.InstanceId,
            ExecutionId = executionId,
            Name = child.Name,
            Version = child.Version,
            Status = OrchestrationStatus.Pending,
            CreatedAt = turn.Now,
            UpdatedAt = turn.Now,
            Input = child.Input,
            Tags = InstanceTags.Write(child.Tags),
            ParentInstanceId = parent.InstanceId,
        };
        unread[row.Key] = true;
        children.Add((
            child.InstanceId,
            new Delivery(started) { MessageId = start.Id, Created = row },
            new Delivery(refused) { MessageId = ifTaken.Id, ExecutionId = parent.ExecutionId }));
        return new NewInstance(row, start, ifTaken);
    }

    // A turn that is being written, and what is to be delivered once it is.
    private sealed record PreparedTurn(
        Turn Turn,
        TurnCommit Commit,
        List<(string InstanceId, Delivery Delivery)> Deliveries,
        IReadOnlyList<(string InstanceId, Delivery Start, Delivery IfTaken)> Children);
}
