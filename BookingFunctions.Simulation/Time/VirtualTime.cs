namespace BookingFunctions.Simulation.Time;

/// <summary>A world's time. It stands still while there is something to do, and then jumps to the next timer.</summary>
internal sealed class VirtualTime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (long DueAt, long Order)> timers = new();
    private long order;
    private TimeSpan jumped;

    /// <summary>Ticks since the world began; no jump of the clock changes that.</summary>
    public long Elapsed { get; private set; }

    /// <summary>What clocks show.</summary>
    public DateTimeOffset UtcNow => Start + TimeSpan.FromTicks(Elapsed) + jumped;

    /// <summary>Whether a clock was ever set back.</summary>
    public bool WentBack { get; private set; }

    /// <summary>Sets the clocks, forward or back; timers go on as they were.</summary>
    public void Jump(TimeSpan by)
    {
        jumped += by;
        WentBack |= by < TimeSpan.Zero;
    }

    public void Add(VirtualTimer timer, int setting, TimeSpan due) =>
        timers.Enqueue((timer, setting), (Elapsed + Math.Max(0, due.Ticks), order++));

    /// <summary>Fires the timers that are due now.</summary>
    public void FireDue()
    {
        while (NextDueAt() is { } dueAt && dueAt <= Elapsed)
        {
            Fire();
        }
    }

    /// <summary>Goes to the next timer and fires it, if there is one within reach.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Advance(TimeSpan? atMost = null)
    {
        if (NextDueAt() is not { } dueAt || (atMost is { } limit && dueAt - Elapsed > limit.Ticks))
        {
            return false;
        }

        Elapsed = Math.Max(Elapsed, dueAt);
        Fire();
        return true;
    }

    private long? NextDueAt()
    {
        while (timers.TryPeek(out var entry, out var priority))
        {
            if (entry.Timer.IsCurrent(entry.Setting))
            {
                return priority.DueAt;
            }

            timers.Dequeue();
        }

        return null;
    }

    private void Fire()
    {
        var (timer, setting) = timers.Dequeue();
        timer.Fire(setting);
    }
}
