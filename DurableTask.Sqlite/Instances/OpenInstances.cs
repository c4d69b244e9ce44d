using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Timers;

namespace DurableTask.Sqlite.Instances;

/// <summary>
/// What is in memory of the instances that have not ended: which of them have something to do, and the state of those that were
/// active last. It changes in the order of the writes, when they are made (<c>Apply</c>), and is dropped as a whole when a
/// transaction is lost.
/// </summary>
internal sealed class OpenInstances : IDisposable
{
    private readonly object gate = new();
    private readonly TimeProvider clock;
    private readonly RetryDelays delays;
    private readonly int maxLive;
    private readonly TimerQueue timers;
    private readonly WorkQueue<OpenInstance> ready;
    private readonly WorkQueue<OpenActivity> runnable;
    private readonly Dictionary<long, OpenInstance> byKey = [];
    private readonly LinkedList<OpenInstance> live = new();
    private readonly List<OpenInstance> toLoad = [];
    private bool isLoaded;

    public OpenInstances(TimeProvider clock, RetryDelays delays, int maxLive)
    {
        this.clock = clock;
        this.delays = delays;
        this.maxLive = maxLive;
        timers = new TimerQueue(clock);
        ready = new WorkQueue<OpenInstance>(clock);
        runnable = new WorkQueue<OpenActivity>(clock);
    }

    /// <summary>Grows whenever memory is dropped: what belongs to an earlier one is outdated.</summary>
    public long Generation { get; private set; }

    /// <summary>Reads the history of an instance, which <see cref="Loaded"/> or <see cref="LoadFailed"/> is then called with. Called without the lock.</summary>
    public required Action<OpenInstance, long> Load { get; init; }

    /// <summary>Removes the row of a detached activity that has run. Called without the lock.</summary>
    public required Action<long> RemoveDetached { get; init; }

    /// <summary>How many instances are open.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return byKey.Count;
            }
        }
    }

    /// <summary>How many instances have their state in memory while they wait.</summary>
    public int LiveCount
    {
        get
        {
            lock (gate)
            {
                return live.Count;
            }
        }
    }

    /// <summary>Drops everything, as a crash would.</summary>
    public void Clear()
    {
        lock (gate)
        {
            Generation++;
            isLoaded = false;
            byKey.Clear();
            live.Clear();
            toLoad.Clear();
            ready.Clear();
            runnable.Clear();
            timers.Clear();
        }
    }

    /// <summary>Fills memory with what the file has.</summary>
    public void Fill(StoredWork stored)
    {
        Clear();
        Change(() =>
        {
            isLoaded = true;
            foreach (var item in stored.Instances)
            {
                OpenInstance instance = new()
                {
                    Key = item.Key,
                    Id = item.Instance.InstanceId,
                    ExecutionId = item.Instance.ExecutionId,
                    Turns = item.Turns,
                    Status = item.Status,
                };
                instance.Inbox.AddRange(item.Inbox);
                Add(instance, item.Start);
                Expect(instance, item.Work);
                instance.Activities.Values.ToList().ForEach(runnable.Add);
                Wake(instance);
            }

            stored.Detached.ToList().ForEach(runnable.Add);
        });
    }

    /// <summary>Follows a write that was made, in the order of the writes.</summary>
    public void Apply(IReadOnlyList<Change> changes) => Change(() => ApplyAll(changes));

    /// <summary>Follows the write of a turn, as that of other writes.</summary>
    /// <param name="item">The turn.</param>
    /// <param name="commit">What was written.</param>
    /// <param name="result">What it has come to.</param>
    /// <param name="work">What the instance waits for since.</param>
    /// <returns>The activities that may run once the write is durable.</returns>
    public IReadOnlyList<OpenActivity> Apply(TurnWorkItem item, TurnCommit commit, TurnResult result, OpenWork work)
    {
        List<OpenActivity> added = [];
        Change(() =>
        {
            var instance = item.Instance;
            if (!result.IsCurrent || item.Generation != Generation)
            {
                return;
            }

            DetachAll(instance, commit, result.DetachedRows, added);
            if (commit.End is not null || commit.IsNewExecution)
            {
                RemoveTimers(instance);
            }

            Consume(instance, item);
            instance.Turns = commit.Turns;
            instance.Status = commit.Status;
            instance.ExecutionId = commit.Execution;
            item.StoredStatus = (true, commit.CustomStatus);
            item.IsSpoiled = commit.IsRewind;
            if (commit.End is not null)
            {
                Remove(instance);
            }
            else
            {
                added.AddRange(Expect(instance, work));
            }

            ApplyAll(result.Changes);
        });
        return added;
    }

    /// <summary>Follows a write that has only removed what a turn was given.</summary>
    public void ApplyRemoval(TurnWorkItem item) => Change(() =>
    {
        Consume(item.Instance, item);
        item.IsSpoiled = true;
    });

    /// <summary>Lets activities run: what has scheduled them is durable.</summary>
    public void Run(IReadOnlyList<OpenActivity> activities, long generation)
    {
        lock (gate)
        {
            if (generation == Generation)
            {
                foreach (var activity in activities)
                {
                    runnable.Add(activity);
                }
            }
        }
    }

    /// <summary>The activities that an instance waits for.</summary>
    public IReadOnlyList<OpenActivity> ActivitiesOf(OpenInstance instance)
    {
        lock (gate)
        {
            return [.. instance.Activities.Values];
        }
    }

    /// <summary>Takes the next turn; null if there is none in time.</summary>
    public async Task<TurnWorkItem?> TakeTurnAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        while (await ready.TakeAsync(timeout, cancellation) is { } instance)
        {
            lock (gate)
            {
                if (IsOpen(instance) && instance.Phase == InstancePhase.Ready)
                {
                    return BeginTurn(instance);
                }
            }
        }

        return null;
    }

    /// <summary>Takes the next activity; null if there is none in time.</summary>
    public async Task<ActivityWorkItem?> TakeActivityAsync(TimeSpan timeout, CancellationToken cancellation) =>
        await runnable.TakeAsync(timeout, cancellation) is { } activity ? new ActivityWorkItem(activity, Generation) : null;

    /// <summary>Delivers the outcome of an activity. It is kept in memory until a turn has consumed it.</summary>
    public void CompleteActivity(ActivityWorkItem item, TaskMessage outcome)
    {
        long? row = null;
        Change(() =>
        {
            var activity = item.Activity;
            if (item.Generation != Generation || activity.HasRun)
            {
                return;
            }

            activity.HasRun = true;
            row = activity.Row;
            if (activity.Instance is { } instance)
            {
                instance.Activities.Remove(activity.Message.Event.EventId);
                instance.Inbox.Add(new InboxMessage(0, outcome));
                Wake(instance);
            }
        });
        if (row is { } detached)
        {
            RemoveDetached(detached);
        }
    }

    /// <summary>Has an activity run again, after a growing delay.</summary>
    /// <returns>How often it was abandoned in a row.</returns>
    public int AbandonActivity(ActivityWorkItem item)
    {
        lock (gate)
        {
            if (item.Generation != Generation)
            {
                return 0;
            }

            var attempts = ++item.Activity.Attempts;
            delays.After(attempts, () => Run([item.Activity], item.Generation));
            return attempts;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Release(TurnWorkItem item) => Change(() =>
    {
        var instance = item.Instance;
        if (item.Generation != Generation || !IsOpen(instance) || instance.Phase != InstancePhase.Locked)
        {
            return;
        }

        // What was not consumed was never processed: the dispatcher has stopped.
        if (item.Taken.Count > 0 || item.IsSpoiled)
        {
            GiveBack(instance, item);
        }
        else
        {
            item.OrchestrationRuntimeState.NewEvents.Clear();
            item.NewMessages = [];
            instance.LiveNode = live.AddLast(instance);
        }

        instance.Attempts = 0;
        instance.Phase = InstancePhase.Idle;
        Wake(instance);
        EvictOldest();
    });

    /// <summary>Ends a turn that was not completed: nothing is consumed, and the next attempt waits for a growing delay.</summary>
    /// <returns>How many turns were abandoned in a row; 0 if the turn is outdated.</returns>
    public int Abandon(TurnWorkItem item)
    {
        lock (gate)
        {
            var instance = item.Instance;
            if (item.Generation != Generation || !IsOpen(instance) || instance.Phase != InstancePhase.Locked)
            {
                return 0;
            }

            GiveBack(instance, item);
            Park(instance);
            return instance.Attempts;
        }
    }

    /// <summary>Gives a loaded instance its state.</summary>
    public void Loaded(OpenInstance instance, long generation, StoredHistory history, IList<HistoryEvent> events) => Change(() =>
    {
        if (generation == Generation && IsOpen(instance) && instance.Phase == InstancePhase.Loading)
        {
            instance.Live = new TurnWorkItem(instance, generation, new OrchestrationRuntimeState(events) { Status = history.CustomStatus })
            {
                StoredStatus = (true, history.CustomStatus),
            };
            instance.Phase = InstancePhase.Ready;
            ready.Add(instance);
        }
    });

    /// <summary>Tries again later to load an instance.</summary>
    public void LoadFailed(OpenInstance instance, long generation)
    {
        lock (gate)
        {
            if (generation == Generation && IsOpen(instance))
            {
                Park(instance);
            }
        }
    }

    public void Dispose() => timers.Dispose();

    private void Change(Action change)
    {
        OpenInstance[] loads;
        long generation;
        lock (gate)
        {
            change();
            loads = [.. toLoad];
            toLoad.Clear();
            generation = Generation;
        }

        foreach (var instance in loads)
        {
            Load(instance, generation);
        }
    }

    private bool IsOpen(OpenInstance instance) => byKey.TryGetValue(instance.Key, out var open) && open == instance;

    private void ApplyAll(IReadOnlyList<Change> changes)
    {
        if (!isLoaded)
        {
            return;
        }

        foreach (var change in changes)
        {
            switch (change)
            {
                case InstanceStarted started:
                    var instance = New(started.Key, started.Start.OrchestrationInstance, turns: 0);
                    Add(instance, started.Start);
                    Wake(instance);
                    break;
                case InstanceReopened reopened:
                    var again = New(reopened.Key, reopened.Instance, reopened.Turns);
                    again.Inbox.Add(reopened.Rewind);
                    Add(again, start: null);
                    Wake(again);
                    break;
                case MessageDelivered delivered when byKey.TryGetValue(delivered.Key, out var receiver):
                    receiver.Inbox.Add(delivered.Message);
                    Wake(receiver);
                    break;
                case InstanceClosed closed when byKey.TryGetValue(closed.Key, out var open):
                    Remove(open);
                    break;
            }
        }
    }

    private static OpenInstance New(long key, OrchestrationInstance instance, int turns) => new()
    {
        Key = key,
        Id = instance.InstanceId,
        ExecutionId = instance.ExecutionId,
        Turns = turns,
    };

    private void Add(OpenInstance instance, TaskMessage? start)
    {
        byKey[instance.Key] = instance;
        instance.Start = start;
        var startsAt = ((ExecutionStartedEvent?)start?.Event)?.ScheduledStartTime;
        if (startsAt is { } due && Utc.From(due) > clock.GetUtcNow().UtcDateTime)
        {
            instance.StartTimer = timers.Add(Utc.From(due), () => Change(() =>
            {
                instance.StartTimer = null;
                Wake(instance);
            }));
        }
    }

    private void Remove(OpenInstance instance)
    {
        byKey.Remove(instance.Key);
        RemoveTimers(instance);
        if (instance.StartTimer is { } startTimer)
        {
            timers.Remove(startTimer);
        }

        Unlist(instance);
        instance.Live = null;
    }

    private void RemoveTimers(OpenInstance instance)
    {
        foreach (var timer in instance.Timers.Values)
        {
            timers.Remove(timer);
        }

        instance.Timers.Clear();
    }

    private List<OpenActivity> Expect(OpenInstance instance, OpenWork work)
    {
        List<OpenActivity> added = [];
        foreach (var message in work.Activities)
        {
            OpenActivity activity = new(instance, message);
            instance.Activities[message.Event.EventId] = activity;
            added.Add(activity);
        }

        foreach (var message in work.Timers)
        {
            var fired = (TimerFiredEvent)message.Event;
            instance.Timers[fired.TimerId] = timers.Add(Utc.From(fired.FireAt), () => Fire(instance, message));
        }

        return added;
    }

    private void Fire(OpenInstance instance, TaskMessage message) => Change(() =>
    {
        if (IsOpen(instance) && instance.Timers.Remove(((TimerFiredEvent)message.Event).TimerId))
        {
            message.Event.Timestamp = clock.GetUtcNow().UtcDateTime;
            instance.Inbox.Add(new InboxMessage(0, message));
            Wake(instance);
        }
    });

    private void DetachAll(OpenInstance instance, TurnCommit commit, IReadOnlyList<long> rows, List<OpenActivity> added)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            var activity = commit.Detached[i];
            if (activity.Instance is null)
            {
                added.Add(activity);
            }

            activity.Detach(rows[i]);
            if (activity.HasRun)
            {
                RemoveDetached(rows[i]);
            }
        }

        if (commit.End is not null || commit.IsNewExecution)
        {
            instance.Activities.Clear();
        }
    }

    private static void Consume(OpenInstance instance, TurnWorkItem item)
    {
        instance.Start = null;
        item.Taken = [];
    }

    private TurnWorkItem BeginTurn(OpenInstance instance)
    {
        instance.Phase = InstancePhase.Locked;
        Unlist(instance);
        var item = instance.Live ??= new TurnWorkItem(instance, Generation, new OrchestrationRuntimeState()) { StoredStatus = (true, null) };

        // A rewind is delivered alone.
        var first = instance.Inbox.FindIndex(message => message.Message.Event is ExecutionRewoundEvent);
        var count = first switch { < 0 => instance.Inbox.Count, 0 => 1, _ => first };
        item.Taken = instance.Inbox.GetRange(0, count);
        instance.Inbox.RemoveRange(0, count);
        if (instance.Start is { } start)
        {
            item.Taken.Insert(0, new InboxMessage(0, start));
        }

        if (first == 0 && item.OrchestrationRuntimeState.ExecutionStartedEvent is { } started)
        {
            // The dispatcher takes it for granted when it rewinds.
            started.ParentTraceContext ??= new DistributedTraceContext("");
        }

        item.NewMessages = item.Taken.ConvertAll(message => message.Message);
        return item;
    }

    private static void GiveBack(OpenInstance instance, TurnWorkItem item)
    {
        instance.Inbox.InsertRange(0, item.Taken.Where(message => message.Message != instance.Start));
        item.Taken = [];
        instance.Live = null;
    }

    private void Park(OpenInstance instance)
    {
        instance.Phase = InstancePhase.Parked;
        var generation = Generation;
        delays.After(++instance.Attempts, () => Change(() =>
        {
            if (generation == Generation && IsOpen(instance))
            {
                instance.Phase = InstancePhase.Idle;
                Wake(instance);
            }
        }));
    }

    private void Wake(OpenInstance instance)
    {
        if (instance.Phase != InstancePhase.Idle || !instance.HasWork)
        {
            return;
        }

        if (instance.Live is null && instance.Turns > 0)
        {
            instance.Phase = InstancePhase.Loading;
            toLoad.Add(instance);
        }
        else
        {
            instance.Phase = InstancePhase.Ready;
            ready.Add(instance);
        }
    }

    private void Unlist(OpenInstance instance)
    {
        if (instance.LiveNode is { } node)
        {
            live.Remove(node);
            instance.LiveNode = null;
        }
    }

    private void EvictOldest()
    {
        while (live.Count > maxLive && live.First is { } oldest)
        {
            // One that is about to run keeps its state.
            Unlist(oldest.Value);
            if (oldest.Value.Phase == InstancePhase.Idle)
            {
                oldest.Value.Live = null;
            }
        }
    }
}
