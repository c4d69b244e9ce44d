using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Orchestrations in an SQLite file.</summary>
public sealed class SqliteOrchestrationStore : IOrchestrationStore
{
    private readonly SqliteDatabase database;
    private readonly SqliteHighWaterMarks marks = new();

    /// <summary>Makes the store of a file.</summary>
    /// <param name="database">The open file. It stays the caller's to close, and has one orchestration store at a time.</param>
    public SqliteOrchestrationStore(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        database.BeforeCommit = marks.Write;
    }

    /// <inheritdoc/>
    public Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation) => database.ReadAsync(SqliteOpenWork.Read, cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationStatus?> CreateAsync(NewInstance instance, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(replaceable);
        return database.QueueAsync(session => Create(session, instance, replaceable.Contains), callerHelps: true);
    }

    /// <inheritdoc/>
    public Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        ArgumentNullException.ThrowIfNull(firstTurn);
        ArgumentNullException.ThrowIfNull(replaceable);
        return database.QueueAsync(
            session => Insert(session, firstTurn.Row, replaceable.Contains) is { } taken
                ? new StartResult(taken, null)
                : new StartResult(null, AddTurn(session, firstTurn, isStatusInRow: true)),
            callerHelps: true);
    }

    /// <inheritdoc/>
    public Task<OrchestrationStatus?> PostAsync(InstanceMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return database.WriteAsync(session => Post(session, message));
    }

    /// <inheritdoc/>
    public Task<TurnResult> CommitAsync(TurnCommit turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return database.QueueAsync(session => Commit(session, turn), callerHelps: true);
    }

    /// <inheritdoc/>
    public void WriteQueued() => database.Help();

    /// <inheritdoc/>
    public Task RemoveActivityAsync(long instanceKey, long activityId) =>
        database.WriteAsync(session => RemoveActivity(session, instanceKey, activityId));

    /// <inheritdoc/>
    public Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds)
    {
        ArgumentNullException.ThrowIfNull(instanceIds);
        return database.WriteAsync(session =>
        {
            int purged = 0;
            foreach (string instanceId in instanceIds)
            {
                if (SqliteInstances.Find(session, instanceId) is { } found && TurnCommit.IsTerminal(found.Status))
                {
                    SqliteInstances.Purge(session, found.Key);
                    purged++;
                }
            }

            return purged;
        });
    }

    /// <inheritdoc/>
    public Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return database.ReadAsync(session => SqliteInstances.Read(session, instanceId), cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return database.ReadAsync(session => SqliteInstances.Read(session, instanceId) is { } row ? Load(session, row) : null, cancellation);
    }

    /// <inheritdoc/>
    public Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        return database.ReadAsync(session => SqliteInstanceQuery.Read(session, query, cancellation), cancellation);
    }

    private OrchestrationStatus? Create(SqliteSession session, NewInstance instance, Func<OrchestrationStatus, bool> givesWay)
    {
        marks.RaiseMessageId(instance.Start.Id);
        if (Insert(session, instance.Row, givesWay) is { } taken)
        {
            return taken;
        }

        AddMessage(session, instance.Row.Key, instance.Start);
        return null;
    }

    private OrchestrationStatus? Insert(SqliteSession session, InstanceRow row, Func<OrchestrationStatus, bool> givesWay)
    {
        marks.RaiseInstanceKey(row.Key);
        if (SqliteInstances.Find(session, row.InstanceId) is { } older)
        {
            if (!TurnCommit.IsTerminal(older.Status) || !givesWay(older.Status))
            {
                return older.Status;
            }

            SqliteInstances.Purge(session, older.Key);
        }

        SqliteInstances.Insert(session, row);
        return null;
    }

    private OrchestrationStatus? Post(SqliteSession session, InstanceMessage message)
    {
        marks.RaiseMessageId(message.Id);
        if (SqliteInstances.Find(session, message.InstanceId) is not { } found)
        {
            return null;
        }

        if (!TurnCommit.IsTerminal(found.Status))
        {
            AddMessage(session, found.Key, message);
        }

        return found.Status;
    }

    private TurnResult Commit(SqliteSession session, TurnCommit turn)
    {
        long key = turn.Row.Key;
        turn.EnsureAssumed();
        if (!SqliteInstances.Update(session, turn.Row))
        {
            throw InstanceGoneException.For(turn.Row);
        }

        if (turn.DropsHistory)
        {
            session.Statement("DELETE FROM history WHERE instance_key = ?").Bind(key).Run();
            session.Statement("DELETE FROM timers WHERE instance_key = ?").Bind(key).Run();
        }

        RemoveDone(session, turn);
        return AddTurn(session, turn, isStatusInRow: TurnCommit.IsTerminal(turn.Row.Status));
    }

    // What a turn adds, its instance's row apart.
    private TurnResult AddTurn(SqliteSession session, TurnCommit turn, bool isStatusInRow)
    {
        long key = turn.Row.Key;
        session.Statement("INSERT INTO history (instance_key, turn, updated_at, custom_status, events) VALUES (?, ?, ?, ?, ?)")
            .Bind(key).Bind(turn.Turn).Bind(turn.Row.UpdatedAt).Bind(isStatusInRow ? null : turn.Row.CustomStatus).Bind(turn.Events).Run();
        foreach (ScheduledActivity activity in turn.Activities)
        {
            session.Statement(
                "INSERT INTO activities (instance_key, activity_id, execution_id, task_id, name, version, input, trace_parent, trace_state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .Bind(key).Bind(activity.Id).Bind(activity.ExecutionId).Bind(activity.TaskId).Bind(activity.Name).Bind(activity.Version).Bind(activity.Input)
                .Bind(activity.Trace?.TraceParent).Bind(activity.Trace?.TraceState).Run();
        }

        foreach (ScheduledTimer timer in TurnCommit.IsTerminal(turn.Row.Status) ? [] : turn.Timers)
        {
            session.Statement("INSERT INTO timers (instance_key, timer_id, fire_at) VALUES (?, ?, ?)")
                .Bind(key).Bind(timer.TimerId).Bind(timer.FireAt).Run();
        }

        // Only now: what comes after can't fail, and a turn that fails gives no ids.
        foreach (ScheduledActivity activity in turn.Activities)
        {
            marks.RaiseMessageId(activity.Id);
        }

        // Children first, so that a message to a child that is started in the same turn reaches it.
        List<long>? refused = StartChildren(session, turn.Children);
        foreach (InstanceMessage message in turn.Messages)
        {
            Post(session, message);
        }

        return new TurnResult(refused ?? (IReadOnlyList<long>)[]);
    }

    private static void RemoveDone(SqliteSession session, TurnCommit turn)
    {
        long key = turn.Row.Key;
        foreach (long id in turn.FinishedActivities)
        {
            RemoveActivity(session, key, id);
        }

        if (TurnCommit.IsTerminal(turn.Row.Status))
        {
            session.Statement("DELETE FROM timers WHERE instance_key = ?").Bind(key).Run();
            session.Statement("DELETE FROM inbox WHERE instance_key = ?").Bind(key).Run();
            return;
        }

        foreach (long id in turn.ConsumedMessages)
        {
            session.Statement("DELETE FROM inbox WHERE instance_key = ? AND message_id = ?").Bind(key).Bind(id).Run();
        }

        foreach (int id in turn.FinishedTimers)
        {
            session.Statement("DELETE FROM timers WHERE instance_key = ? AND timer_id = ?").Bind(key).Bind(id).Run();
        }
    }

    private static void RemoveActivity(SqliteSession session, long key, long id) =>
        session.Statement("DELETE FROM activities WHERE instance_key = ? AND activity_id = ?").Bind(key).Bind(id).Run();

    private List<long>? StartChildren(SqliteSession session, IReadOnlyList<NewInstance> children)
    {
        List<long>? refused = null;
        foreach (NewInstance child in children)
        {
            if (child.IfTaken is { } notice)
            {
                marks.RaiseMessageId(notice.Id);
            }

            if (Create(session, child, TurnCommit.IsTerminal) is null)
            {
                continue;
            }

            (refused ??= []).Add(child.Row.Key);
            if (child.IfTaken is { } instead)
            {
                Post(session, instead);
            }
        }

        return refused;
    }

    private static void AddMessage(SqliteSession session, long key, InstanceMessage message) =>
        session.Statement("INSERT INTO inbox (instance_key, message_id, visible_at, event) VALUES (?, ?, ?, ?)")
            .Bind(key).Bind(message.Id).Bind(message.VisibleAt).Bind(message.Event).Run();

    private static StoredInstance Load(SqliteSession session, InstanceRow row)
    {
        int lastTurn = 0;
        List<string> history = [];
        SqliteStatement turns = session.Statement("SELECT turn, events FROM history WHERE instance_key = ? ORDER BY turn").Bind(row.Key);
        while (turns.Read())
        {
            lastTurn = (int)turns.Number(0);
            history.Add(turns.Text(1));
        }

        List<InstanceMessage> inbox = [];
        SqliteStatement messages = session
            .Statement("SELECT message_id, event, visible_at FROM inbox WHERE instance_key = ? ORDER BY message_id").Bind(row.Key);
        while (messages.Read())
        {
            inbox.Add(new InstanceMessage(messages.Number(0), row.InstanceId, messages.Text(1), messages.TimeOrNull(2)));
        }

        return new StoredInstance(row, lastTurn, history, inbox, SqliteHighWaterMarks.ReadMessageId(session));
    }
}
