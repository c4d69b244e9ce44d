namespace DurableTask.Sqlite.Timers;

/// <summary>Runs actions at points in time of a clock, with one timer for all of them.</summary>
internal sealed class TimerQueue : IDisposable
{
    // A clock that is set forward must not make timers late by more than this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly TimeProvider clock;
    private readonly object gate = new();
    private readonly SortedSet<DueAction> actions = new(Comparer<DueAction>.Create(Compare));
    private readonly ITimer timer;
    private DateTime armedFor = DateTime.MaxValue;
    private long sequence;
    private bool isDisposed;

    public TimerQueue(TimeProvider clock)
    {
        this.clock = clock;
        timer = clock.CreateTimer(_ => RunDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Adds an action. What is due already runs by the clock's timer as well.</summary>
    /// <param name="due">When, in UTC.</param>
    /// <param name="run">What to do.</param>
    public DueAction Add(DateTime due, Action run)
    {
        lock (gate)
        {
            DueAction action = new(due, sequence++, run);
            actions.Add(action);
            Arm();
            return action;
        }
    }

    /// <summary>Takes an action out, unless it has run.</summary>
    public void Remove(DueAction action)
    {
        lock (gate)
        {
            actions.Remove(action);
        }
    }

    /// <summary>Takes all actions out.</summary>
    public void Clear()
    {
        lock (gate)
        {
            actions.Clear();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        timer.Dispose();
    }

    private static int Compare(DueAction? one, DueAction? other)
    {
        var byDue = one!.Due.CompareTo(other!.Due);
        return byDue != 0 ? byDue : one.Sequence.CompareTo(other.Sequence);
    }

    private void RunDue()
    {
        List<DueAction> due = [];
        lock (gate)
        {
            armedFor = DateTime.MaxValue;
            var now = clock.GetUtcNow().UtcDateTime;
            while (actions.Min is { } first && first.Due <= now)
            {
                actions.Remove(first);
                due.Add(first);
            }

            Arm();
        }

        due.ForEach(action => action.Run());
    }

    private void Arm()
    {
        if (isDisposed || actions.Min is not { } first || first.Due >= armedFor)
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var wait = first.Due <= now ? TimeSpan.Zero : first.Due - now;
        wait = wait > LongestWait ? LongestWait : wait;
        armedFor = first.Due;

        // A timer rounds down to milliseconds: it must not fire before the time. Nor during this call, as it may if it is due at once.
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
