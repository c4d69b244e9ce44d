using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Work;

/// <summary>What a completed turn writes, as one: made ready on the dispatcher's thread, so that the committer only writes.</summary>
internal sealed class TurnCommit
{
    private readonly long key;
    private readonly string executionId;
    private readonly int turn;
    private readonly DateTime now;
    private readonly byte[] events;
    private readonly string? customStatus;
    private readonly string? changedStatus;
    private readonly string? startJson;
    private readonly OrchestrationStatus storedStatus;
    private readonly List<OutgoingMessage> messages;
    private readonly List<string> detachedEvents;
    private readonly List<long> consumed;

    // What to send to the instance itself if a child that it rewinds isn't there any more, by the child's id.
    private readonly Dictionary<string, OutgoingMessage> rewound;

    /// <summary>Makes a turn's write ready.</summary>
    /// <param name="item">The turn.</param>
    /// <param name="state">The instance's state after it.</param>
    /// <param name="output">What it sends.</param>
    /// <param name="openActivities">The activities of the execution that have not run.</param>
    /// <param name="now">The time, in UTC.</param>
    public TurnCommit(
        TurnWorkItem item, OrchestrationRuntimeState state, TurnOutput output, IReadOnlyList<OpenActivity> openActivities, DateTime now)
    {
        var instance = item.Instance;
        key = instance.Key;
        executionId = instance.ExecutionId;
        storedStatus = instance.Status;
        this.now = now;
        consumed = [.. item.Taken.Where(message => message.Row != 0).Select(message => message.Row)];
        Execution = state.OrchestrationInstance!.ExecutionId;
        IsNewExecution = Execution != executionId;
        IsRewind = IsNewExecution
            && item.OrchestrationRuntimeState.ExecutionCompletedEvent?.OrchestrationStatus != OrchestrationStatus.ContinuedAsNew;
        Status = state.OrchestrationStatus;
        End = Status is OrchestrationStatus.Running or OrchestrationStatus.Suspended ? null : state.ExecutionCompletedEvent;
        turn = IsNewExecution ? 0 : instance.Turns;
        Turns = turn + 1;

        var added = IsNewExecution ? state.Events : state.NewEvents;
        if (!IsRewind)
        {
            Stamp(added);
        }

        customStatus = state.Status;
        if (IsNewExecution || !item.StoredStatus.IsKnown || item.StoredStatus.Text != customStatus)
        {
            changedStatus = customStatus ?? "";
        }

        // The outbound event of an activity has its input, the history's has not.
        var scheduled = output.Activities
            .Where(message => message.OrchestrationInstance.ExecutionId == Execution)
            .ToDictionary(message => message.Event.EventId, message => message.Event);
        foreach (var message in output.Activities)
        {
            message.Event.Timestamp = now;
        }

        events = EventWriter.Write(
            scheduled.Count == 0
                ? added
                : added.Select(item => item is TaskScheduledEvent && scheduled.TryGetValue(item.EventId, out var sent) ? sent : item),
            End);
        Start = IsNewExecution ? state.ExecutionStartedEvent : null;
        startJson = Start is null ? null : EventWriter.Write(Start);
        messages = [.. output.Messages.Select(message => OutgoingMessage.From(message, now))];

        // What the present execution waits for follows from its history; all other activities need rows.
        Work = FindWork(state, output);
        Detached =
        [
            .. End is not null || IsNewExecution ? openActivities : [],
            .. output.Activities.Except(Work.Activities).Select(message => new OpenActivity(instance: null, message)),
        ];
        detachedEvents = [.. Detached.Select(activity => EventWriter.Write(activity.Message.Event))];
        rewound = IsRewind ? FindRewound(state, now) : [];
    }

    /// <summary>The execution that goes on.</summary>
    public string Execution { get; }

    /// <summary>Whether it isn't the one that the turn began with: the history is replaced.</summary>
    public bool IsNewExecution { get; }

    /// <summary>Whether that is because of a rewind.</summary>
    public bool IsRewind { get; }

    /// <summary>The start of the new execution, if there is one.</summary>
    public ExecutionStartedEvent? Start { get; }

    /// <summary>The instance's status.</summary>
    public OrchestrationStatus Status { get; }

    /// <summary>What has ended the instance, or null.</summary>
    public ExecutionCompletedEvent? End { get; }

    /// <summary>How many turns the history has then.</summary>
    public int Turns { get; }

    /// <summary>The custom status.</summary>
    public string? CustomStatus => customStatus;

    /// <summary>What the instance waits for since this turn.</summary>
    public OpenWork Work { get; }

    /// <summary>The activities that have to run, and that nothing waits for.</summary>
    public IReadOnlyList<OpenActivity> Detached { get; }

    /// <summary>Writes it.</summary>
    public TurnResult Write(SqliteSession session)
    {
        if (!InstanceRows.IsCurrent(session, key, executionId))
        {
            return TurnResult.Outdated;
        }

        consumed.ForEach(row => Inbox.Remove(session, row));
        if (IsNewExecution)
        {
            HistoryRows.Delete(session, key);
        }

        HistoryRows.Append(session, key, turn, now, changedStatus, events);
        List<long> rows = [];
        for (var i = 0; i < Detached.Count; i++)
        {
            rows.Add(DetachedActivities.Insert(session, Detached[i].Message, detachedEvents[i]));
        }

        if (Start is not null)
        {
            InstanceRows.Restart(session, key, Start, startJson!, Status, now);
        }
        else if (End is null && Status != storedStatus)
        {
            InstanceRows.SetStatus(session, key, Status);
        }

        if (End is not null)
        {
            InstanceRows.End(session, key, End, now);
        }

        List<Change> changes = [];
        foreach (var message in messages)
        {
            if (!Inbox.SendFromTurn(session, key, message, now, changes) && rewound.TryGetValue(message.InstanceId, out var failed))
            {
                changes.Add(Inbox.Add(session, key, failed));
            }
        }

        return new TurnResult(true, changes, rows);
    }

    private OpenWork FindWork(OrchestrationRuntimeState state, TurnOutput output)
    {
        if (End is not null)
        {
            return OpenWork.None;
        }

        return IsRewind
            ? OpenWork.Find(state.OrchestrationInstance!, state.Events)
            : new OpenWork(
                [.. output.Activities.Where(message => message.OrchestrationInstance.ExecutionId == Execution)],
                [.. output.Timers.Where(message => message.OrchestrationInstance.ExecutionId == Execution)]);
    }

    private static Dictionary<string, OutgoingMessage> FindRewound(OrchestrationRuntimeState state, DateTime now)
    {
        Dictionary<string, OutgoingMessage> rewound = new(StringComparer.Ordinal);
        foreach (var created in state.Events.OfType<SubOrchestrationInstanceCreatedEvent>())
        {
            var reason = $"The orchestration '{created.InstanceId}' can't be rewound: it was purged.";
            FailureDetails failure = new(typeof(OrchestrationNotRunningException).FullName!, reason, null, null, isNonRetriable: true);
            rewound[created.InstanceId] = OutgoingMessage.From(
                new TaskMessage
                {
                    OrchestrationInstance = state.OrchestrationInstance,
                    Event = new SubOrchestrationInstanceFailedEvent(-1, created.EventId, reason, null, failure),
                },
                now);
        }

        return rewound;
    }

    // The times of what the dispatcher has added are the service's clock's. A turn's start keeps its time: it is what the
    // orchestrator has seen as the current one.
    private void Stamp(IEnumerable<HistoryEvent> added)
    {
        foreach (var item in added)
        {
            if (item is TaskScheduledEvent or TimerCreatedEvent or SubOrchestrationInstanceCreatedEvent or EventSentEvent
                or ExecutionCompletedEvent or OrchestratorCompletedEvent
                || (IsNewExecution && item is ExecutionStartedEvent))
            {
                item.Timestamp = now;
            }
        }
    }
}
