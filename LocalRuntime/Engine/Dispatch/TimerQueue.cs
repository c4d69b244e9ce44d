namespace LocalRuntime.Engine.Dispatch;

/// <summary>Calls back when times are due, with one timer of the clock for all of them.</summary>
internal sealed class TimerQueue : IDisposable
{
    // What the clock waits by stands still while a machine sleeps, and does not notice that the time is set: so it is looked at
    // now and then, which costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Entry, (DateTime DueAt, long Order)> entries = new();
    private readonly Dictionary<long, Dictionary<int, Entry>> byInstance = [];
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private DateTime nextLook = DateTime.MaxValue;
    private long order;
    private bool isStopped;

    public TimerQueue(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => FireWhatIsDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds the timer of an instance.</summary>
    public void Add(long instanceKey, int timerId, DateTime dueAt, Action due)
    {
        var entry = new Entry(due, (instanceKey, timerId));
        lock (gate)
        {
            if (!byInstance.TryGetValue(instanceKey, out var timers))
            {
                byInstance[instanceKey] = timers = [];
            }

            timers[timerId] = entry;
            Add(entry, dueAt);
        }
    }

    /// <summary>Adds something that is never cancelled.</summary>
    public void Add(DateTime dueAt, Action due)
    {
        lock (gate)
        {
            Add(new Entry(due, null), dueAt);
        }
    }

    /// <summary>Forgets a timer of an instance; one that has fired is ignored.</summary>
    public void Cancel(long instanceKey, int timerId)
    {
        lock (gate)
        {
            if (byInstance.TryGetValue(instanceKey, out var timers) && timers.Remove(timerId, out var entry))
            {
                // It leaves the queue when its time comes; until then it keeps nothing alive.
                entry.Due = null;
                RemoveIfEmpty(instanceKey, timers);
            }
        }
    }

    /// <summary>Forgets all timers of an instance.</summary>
    public void CancelAll(long instanceKey)
    {
        lock (gate)
        {
            if (byInstance.Remove(instanceKey, out var timers))
            {
                foreach (var entry in timers.Values)
                {
                    entry.Due = null;
                }
            }
        }
    }

    /// <summary>Stops calling back.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopped = true;
        }

        timer.Dispose();
    }

    private void Add(Entry entry, DateTime dueAt)
    {
        entries.Enqueue(entry, (dueAt, order++));
        if (dueAt < nextLook)
        {
            LookAt(dueAt);
        }
    }

    private void LookAt(DateTime next)
    {
        if (isStopped)
        {
            return;
        }

        nextLook = next;
        var wait = next - clock.GetUtcNow().UtcDateTime;
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;

        // Rounded up, or it would fire a moment too early and look again.
        timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void FireWhatIsDue()
    {
        var due = new List<Action>();
        lock (gate)
        {
            if (isStopped)
            {
                return;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            while (entries.TryPeek(out var entry, out var priority) && (priority.DueAt <= now || entry.Due is null))
            {
                entries.Dequeue();
                if (entry.Due is null)
                {
                    continue;
                }

                due.Add(entry.Due);
                Forget(entry);
            }

            nextLook = DateTime.MaxValue;
            if (entries.TryPeek(out _, out var next))
            {
                LookAt(next.DueAt);
            }
        }

        foreach (var call in due)
        {
            call();
        }
    }

    private void Forget(Entry entry)
    {
        if (entry.Id is { } id && byInstance.TryGetValue(id.InstanceKey, out var timers)
            && timers.TryGetValue(id.TimerId, out var current) && current == entry)
        {
            timers.Remove(id.TimerId);
            RemoveIfEmpty(id.InstanceKey, timers);
        }
    }

    private void RemoveIfEmpty(long instanceKey, Dictionary<int, Entry> timers)
    {
        if (timers.Count == 0)
        {
            byInstance.Remove(instanceKey);
        }
    }

    private sealed class Entry(Action due, (long InstanceKey, int TimerId)? id)
    {
        public Action? Due { get; set; } = due;

        public (long InstanceKey, int TimerId)? Id { get; } = id;
    }
}
