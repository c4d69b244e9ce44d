namespace DurableTask.Sqlite.Work;

/// <summary>Paces what has failed: each by itself, so that one instance's fault doesn't slow the others.</summary>
/// <param name="clock">The clock.</param>
/// <param name="first">The delay after the first failure.</param>
/// <param name="longest">The longest delay.</param>
internal sealed class RetryDelays(TimeProvider clock, TimeSpan first, TimeSpan longest)
{
    /// <summary>Does something once the delay after so many failures is over.</summary>
    /// <param name="failures">How many there were in a row, from 1.</param>
    /// <param name="then">What to do.</param>
    public void After(int failures, Action then)
    {
        var delay = TimeSpan.FromTicks(Math.Min(longest.Ticks, first.Ticks << Math.Min(failures - 1, 20)));
        Once timer = new(then);
        timer.Start(clock, delay);
    }

    // A timer that nothing refers to would be collected before it fires.
    private sealed class Once(Action then)
    {
        private ITimer? timer;

        public void Start(TimeProvider clock, TimeSpan delay)
        {
            timer = clock.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            timer.Change(delay, Timeout.InfiniteTimeSpan);
        }

        private void Fire()
        {
            timer!.Dispose();
            then();
        }
    }
}
