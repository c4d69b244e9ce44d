using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Timers;

namespace DurableTask.Sqlite.Work;

/// <summary>
/// What is in memory of the instances that have not ended: which of them have something to do, and the state of those that were
/// active last. It changes in the order of the writes, when they are made (<c>Apply</c>), and is dropped as a whole when a
/// transaction is lost.
/// </summary>
internal sealed partial class OpenInstances : IDisposable
{
    private readonly object gate = new();
    private readonly TimeProvider clock;
    private readonly RetryDelays delays;
    private readonly int maxLive;
    private readonly TimerQueue timers;
    private readonly WorkQueue<OpenInstance> ready;
    private readonly WorkQueue<ActivityWorkItem> runnable;
    private readonly Dictionary<long, OpenInstance> byKey = [];
    private readonly LinkedList<OpenInstance> live = new();
    private readonly List<OpenInstance> toLoad = [];
    private readonly HashSet<(string InstanceId, string ExecutionId, int TaskId)> running = [];
    private CancellationTokenSource lost = new();
    private bool isLoaded;

    public OpenInstances(TimeProvider clock, RetryDelays delays, int maxLive)
    {
        this.clock = clock;
        this.delays = delays;
        this.maxLive = maxLive;
        timers = new TimerQueue(clock);
        ready = new WorkQueue<OpenInstance>(clock);
        runnable = new WorkQueue<ActivityWorkItem>(clock);
    }

    /// <summary>Grows whenever memory is dropped: what belongs to an earlier one is outdated.</summary>
    public long Generation { get; private set; }

    /// <summary>
    /// Reads the history of an instance, which <see cref="Loaded"/> or <see cref="LoadFailed"/> is then called with. Called
    /// without the lock.
    /// </summary>
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
        CancellationTokenSource dropped;
        lock (gate)
        {
            dropped = lost;
            lost = new CancellationTokenSource();
            running.Clear();
            Generation++;
            isLoaded = false;
            byKey.Clear();
            live.Clear();
            toLoad.Clear();
            ready.Clear();
            runnable.Clear();
            timers.Clear();
        }

        // Not CancelAsync: it must have fired everywhere before the next write is made.
        dropped.Cancel();
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
                Run([.. instance.Activities.Values], Generation);
                Wake(instance);
            }

            Run(stored.Detached, Generation);
        });
    }

    /// <summary>Follows a write that was made, in the order of the writes.</summary>
    public void Apply(IReadOnlyList<Change> changes) => Change(() => ApplyAll(changes));

    /// <summary>Follows the write of a turn, as that of other writes.</summary>
    /// <param name="item">The turn.</param>
    /// <param name="commit">What was written.</param>
    /// <param name="result">What it has come to.</param>
    /// <returns>The activities that may run once the write is durable.</returns>
    public IReadOnlyList<OpenActivity> Apply(TurnWorkItem item, TurnCommit commit, TurnResult result)
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
            item.IsSpoiled = commit.IsRewind || (commit.End is null && ExecutionCursor.HasReturned(item));
            if (commit.End is not null)
            {
                Remove(instance);
            }
            else
            {
                added.AddRange(Expect(instance, commit.Work));
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
}
