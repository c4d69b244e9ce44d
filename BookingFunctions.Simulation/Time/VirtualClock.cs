using BookingFunctions.Simulation.Scheduling;

namespace BookingFunctions.Simulation.Time;

/// <summary>The clock that one process sees.</summary>
internal sealed class VirtualClock(VirtualTime time, SeededScheduler scheduler) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => time.UtcNow;

    public override long GetTimestamp() => time.Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(time, scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
