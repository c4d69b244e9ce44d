using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>
/// Orchestrations in memory, for tests and simulations: it behaves as <see cref="SqliteOrchestrationStore"/> does, but for
/// outliving its process. Its writes are done when their methods return.
/// </summary>
public sealed class InMemoryOrchestrationStore : IOrchestrationStore
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, InMemoryInstance> byId;
    private readonly Dictionary<long, InMemoryInstance> byKey;
    private object owner = new();
    private long lastInstanceKey;
    private long lastMessageId;

    /// <summary>Makes an empty store.</summary>
    public InMemoryOrchestrationStore()
    {
        byId = new(StringComparer.Ordinal);
        byKey = [];
    }

    private InMemoryOrchestrationStore(InMemoryOrchestrationStore other)
    {
        byId = new(other.byId, StringComparer.Ordinal);
        byKey = new(other.byKey);
        lastInstanceKey = other.lastInstanceKey;
        lastMessageId = other.lastMessageId;
    }

    /// <summary>Makes a store that has what this one has now. What is written to either later isn't in the other.</summary>
    internal InMemoryOrchestrationStore Copy()
    {
        lock (gate)
        {
            // Both share the instances, until one of them changes one.
            owner = new();
            return new(this);
        }
    }

    /// <inheritdoc/>
    public Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation) => Locked(ReadOpenWork, cancellation);

    /// <inheritdoc/>
    public Task<OrchestrationStatus?> CreateAsync(NewInstance instance, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(replaceable);
        return Locked(() =>
        {
            EnsureNew([instance.Row]);
            return Create(instance, replaceable.Contains);
        });
    }

    /// <inheritdoc/>
    public Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        ArgumentNullException.ThrowIfNull(firstTurn);
        ArgumentNullException.ThrowIfNull(replaceable);
        return Locked(() =>
        {
            EnsureNew([firstTurn.Row]);
            EnsureNew(firstTurn.Children.Select(child => child.Row));
            return Insert(firstTurn.Row, replaceable.Contains) is { } taken
                ? new StartResult(taken, null)
                : new StartResult(null, AddTurn(byKey[firstTurn.Row.Key], firstTurn));
        });
    }

    /// <inheritdoc/>
    public Task<OrchestrationStatus?> PostAsync(InstanceMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Locked(() => Post(message));
    }

    /// <inheritdoc/>
    public Task<TurnResult> CommitAsync(TurnCommit turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        return Locked(() => Commit(turn));
    }

    /// <inheritdoc/>
    public Task RemoveActivityAsync(long instanceKey, long activityId) => Locked(
        () => FindToChange(instanceKey)?.Activities.Remove(activityId) == true);

    /// <inheritdoc/>
    public Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds)
    {
        ArgumentNullException.ThrowIfNull(instanceIds);
        return Locked(() => instanceIds.Count(id => byId.TryGetValue(id, out InMemoryInstance? instance) && instance.Ended && Purge(instance)));
    }

    /// <inheritdoc/>
    public Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return Locked(() => byId.GetValueOrDefault(instanceId)?.Row, cancellation);
    }

    /// <inheritdoc/>
    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instanceId);
        return Locked(
            () => byId.TryGetValue(instanceId, out InMemoryInstance? instance)
                ? new StoredInstance(
                    instance.Row,
                    instance.History.Keys.LastOrDefault(),
                    [.. instance.History.Values],
                    [.. instance.Inbox.Values],
                    lastMessageId)
                : null,
            cancellation);
    }

    /// <inheritdoc/>
    public Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        return Locked(() => Query(query), cancellation);
    }

    private static bool Matches(InstanceRow row, InstanceQuery query) =>
        string.CompareOrdinal(row.InstanceId, query.FromInstanceId) >= 0
        && row.InstanceId.StartsWith(query.InstanceIdPrefix ?? "", StringComparison.Ordinal)
        && (query.CreatedFrom is null || row.CreatedAt >= query.CreatedFrom)
        && (query.CreatedTo is null || row.CreatedAt <= query.CreatedTo)
        && (query.CompletedFrom is null || row.CompletedAt >= query.CompletedFrom)
        && (query.CompletedTo is null || row.CompletedAt <= query.CompletedTo)
        && (query.ParentInstanceId is null || row.ParentInstanceId == query.ParentInstanceId)
        && (query.Statuses is null or { Count: 0 } || query.Statuses.Contains(row.Status));

    private static InstanceRow WithoutPayloads(InstanceRow row) => row with { Input = null, Output = null, CustomStatus = null, Failure = null };

    // A write either returns a completed task or a failed one, as one that was queued would.
    private Task<T> Locked<T>(Func<T> action, CancellationToken cancellation = default)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        lock (gate)
        {
            try
            {
                return Task.FromResult(action());
            }
            catch (Exception exception)
            {
                return Task.FromException<T>(exception);
            }
        }
    }

    private OpenWork ReadOpenWork() => new(
        lastInstanceKey,
        lastMessageId,
        [.. ByKey().Where(instance => instance.Inbox.Values.Any(message => message.VisibleAt is null)).Select(instance => instance.Row.InstanceId)],
        [
            .. ByKey().SelectMany(instance => instance.Inbox.Values)
                .Where(message => message.VisibleAt is not null)
                .OrderBy(message => message.VisibleAt).ThenBy(message => message.Id)
                .Select(message => new DelayedMessage(message.InstanceId, message.VisibleAt!.Value)),
        ],
        [.. ByKey().SelectMany(instance => instance.Activities.Values)],
        [.. ByKey().SelectMany(instance => instance.Timers.Values).OrderBy(timer => timer.FireAt)]);

    private IEnumerable<InMemoryInstance> ByKey() => byKey.Values.OrderBy(instance => instance.Row.Key);

    private InstancePage Query(InstanceQuery query)
    {
        List<InstanceRow> rows = [.. byId.Values.Select(instance => instance.Row).Where(row => Matches(row, query)).Take(query.PageSize + 1)];
        string? next = null;
        if (rows.Count > query.PageSize)
        {
            next = rows[^1].InstanceId;
            rows.RemoveAt(query.PageSize);
        }

        return new InstancePage(query.WithPayloads ? rows : [.. rows.Select(WithoutPayloads)], next);
    }

    private InMemoryInstance? FindToChange(long key)
    {
        if (!byKey.TryGetValue(key, out InMemoryInstance? instance) || instance.Owner == owner)
        {
            return instance;
        }

        instance = instance.CopyFor(owner);
        byId[instance.Row.InstanceId] = instance;
        byKey[key] = instance;
        return instance;
    }

    private OrchestrationStatus? Create(NewInstance created, Func<OrchestrationStatus, bool> givesWay)
    {
        lastMessageId = Math.Max(lastMessageId, created.Start.Id);
        if (Insert(created.Row, givesWay) is { } taken)
        {
            return taken;
        }

        byKey[created.Row.Key].Inbox.Add(created.Start.Id, created.Start);
        return null;
    }

    private OrchestrationStatus? Insert(InstanceRow row, Func<OrchestrationStatus, bool> givesWay)
    {
        lastInstanceKey = Math.Max(lastInstanceKey, row.Key);
        if (byId.TryGetValue(row.InstanceId, out InMemoryInstance? older))
        {
            if (!older.Ended || !givesWay(older.Row.Status))
            {
                return older.Row.Status;
            }

            Purge(older);
        }

        InMemoryInstance instance = new(row, owner);
        byId.Add(row.InstanceId, instance);
        byKey.Add(row.Key, instance);
        return null;
    }

    private OrchestrationStatus? Post(InstanceMessage message)
    {
        lastMessageId = Math.Max(lastMessageId, message.Id);
        if (!byId.TryGetValue(message.InstanceId, out InMemoryInstance? instance))
        {
            return null;
        }

        if (!instance.Ended)
        {
            FindToChange(instance.Row.Key)!.Inbox.Add(message.Id, message);
        }

        return instance.Row.Status;
    }

    private TurnResult Commit(TurnCommit turn)
    {
        if (FindToChange(turn.Row.Key) is not { } instance)
        {
            throw InstanceGoneException.For(turn.Row);
        }

        turn.EnsureAssumed();
        EnsureNew(turn, instance);
        EnsureNew(turn.Children.Select(child => child.Row));
        instance.Row = turn.Row with
        {
            InstanceId = instance.Row.InstanceId,
            Name = instance.Row.Name,
            Tags = instance.Row.Tags,
            ParentInstanceId = instance.Row.ParentInstanceId,
        };
        if (turn.DropsHistory)
        {
            instance.History.Clear();
            instance.Timers.Clear();
        }

        RemoveDone(instance, turn);
        return AddTurn(instance, turn);
    }

    // What a turn adds, its instance's row apart.
    private TurnResult AddTurn(InMemoryInstance instance, TurnCommit turn)
    {
        instance.History.Add(turn.Turn, turn.Events);
        foreach (ScheduledActivity activity in turn.Activities)
        {
            lastMessageId = Math.Max(lastMessageId, activity.Id);
            instance.Activities.Add(activity.Id, activity);
        }

        foreach (ScheduledTimer timer in instance.Ended ? [] : turn.Timers)
        {
            instance.Timers.Add(timer.TimerId, timer);
        }

        // Children first, so that a message to a child that is started in the same turn reaches it.
        List<long> refused = [.. turn.Children.Where(child => !StartChild(child)).Select(child => child.Row.Key)];
        foreach (InstanceMessage message in turn.Messages)
        {
            Post(message);
        }

        return new TurnResult(refused);
    }

    // What could fail has to fail before anything is changed: there is no rolling back here.
    private static void EnsureNew(TurnCommit turn, InMemoryInstance instance)
    {
        if (turn.Activities.Any(activity => instance.Activities.ContainsKey(activity.Id)))
        {
            throw new InvalidOperationException(
                $"Turn {turn.Turn} of instance '{instance.Row.InstanceId}' can't be committed: the id of an activity that it adds is taken.");
        }

        if (turn.DropsHistory)
        {
            return;
        }

        if (instance.History.ContainsKey(turn.Turn)
            || (!TurnCommit.IsTerminal(turn.Row.Status)
                && turn.Timers.Any(timer => instance.Timers.ContainsKey(timer.TimerId) && !turn.FinishedTimers.Contains(timer.TimerId))))
        {
            throw new InvalidOperationException(
                $"Turn {turn.Turn} of instance '{instance.Row.InstanceId}' can't be committed: its number, or that of a timer it adds, is taken.");
        }
    }

    private void EnsureNew(IEnumerable<InstanceRow> created)
    {
        if (created.FirstOrDefault(row => byKey.ContainsKey(row.Key)) is { } taken)
        {
            throw new InvalidOperationException($"The key {taken.Key} of the new instance '{taken.InstanceId}' is taken.");
        }
    }

    private static void RemoveDone(InMemoryInstance instance, TurnCommit turn)
    {
        foreach (long id in turn.ConsumedMessages)
        {
            instance.Inbox.Remove(id);
        }

        foreach (long id in turn.FinishedActivities)
        {
            instance.Activities.Remove(id);
        }

        foreach (int id in turn.FinishedTimers)
        {
            instance.Timers.Remove(id);
        }

        if (instance.Ended)
        {
            instance.Timers.Clear();
            instance.Inbox.Clear();
        }
    }

    private bool StartChild(NewInstance child)
    {
        if (child.IfTaken is { } notice)
        {
            lastMessageId = Math.Max(lastMessageId, notice.Id);
        }

        bool started = Create(child, TurnCommit.IsTerminal) is null;
        if (!started && child.IfTaken is { } instead)
        {
            Post(instead);
        }

        return started;
    }

    private bool Purge(InMemoryInstance instance) => byId.Remove(instance.Row.InstanceId) && byKey.Remove(instance.Row.Key);
}
