using BookingFunctions.Simulation.Scheduling;

namespace BookingFunctions.Simulation.Time;

/// <summary>A timer in virtual time. It calls back on its process's scheduler.</summary>
internal sealed class VirtualTimer(VirtualTime time, SeededScheduler scheduler, TimerCallback callback, object? state) : ITimer
{
    private int setting;
    private TimeSpan period = Timeout.InfiniteTimeSpan;

    /// <summary>Whether it was not set anew since, and its process lives.</summary>
    public bool IsCurrent(int ofSetting) => ofSetting == setting && !scheduler.IsDead;

    public void Fire(int ofSetting)
    {
        if (!IsCurrent(ofSetting))
        {
            return;
        }

        setting++;
        if (period > TimeSpan.Zero)
        {
            time.Add(this, setting, period);
        }

        scheduler.Post(() => callback(state));
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        this.period = period;
        setting++;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            time.Add(this, setting, dueTime);
        }

        return true;
    }

    public void Dispose() => setting++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
