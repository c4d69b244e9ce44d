namespace BookingFunctions.Trips.Reading;

/// <summary>The waits in this process for a change of a trip's row. What another process changes isn't signalled.</summary>
public sealed class TripWaiters
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> byId = new(StringComparer.Ordinal);

    /// <summary>Whether a wait for a trip is open.</summary>
    /// <param name="id">The trip's id.</param>
    public bool Has(string id)
    {
        lock (gate)
        {
            return byId.ContainsKey(id);
        }
    }

    /// <summary>Ends the waits for a trip.</summary>
    /// <param name="id">The trip's id.</param>
    public void Signal(string id)
    {
        lock (gate)
        {
            byId.GetValueOrDefault(id)?.ForEach(waiter => waiter.TrySetResult());
        }
    }

    /// <summary>Begins to wait: what is signalled from now on isn't missed.</summary>
    /// <param name="id">The trip's id.</param>
    public Waiter Add(string id)
    {
        // Not Task.WaitAsync, later: it would be resumed on the thread pool, which a simulation can't drive.
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!byId.TryGetValue(id, out var waiters))
            {
                byId.Add(id, waiters = []);
            }

            waiters.Add(signalled);
        }

        return new Waiter(this, id, signalled);
    }

    private void Remove(string id, TaskCompletionSource signalled)
    {
        lock (gate)
        {
            if (byId.TryGetValue(id, out var waiters) && waiters.Remove(signalled) && waiters.Count == 0)
            {
                byId.Remove(id);
            }
        }
    }

    /// <summary>A wait, until it is disposed.</summary>
    public sealed class Waiter : IDisposable
    {
        private readonly TripWaiters all;
        private readonly string id;
        private readonly TaskCompletionSource signalled;

        internal Waiter(TripWaiters all, string id, TaskCompletionSource signalled) =>
            (this.all, this.id, this.signalled) = (all, id, signalled);

        /// <summary>Waits until it is signalled, or some time has passed.</summary>
        /// <param name="longest">How long at most.</param>
        /// <param name="clock">What that is measured by.</param>
        /// <param name="cancellation">Ends the wait.</param>
        public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellation)
        {
            ArgumentNullException.ThrowIfNull(clock);
            await using var registration = cancellation.Register(() => signalled.TrySetCanceled(cancellation));
            await using var timer = clock.CreateTimer(_ => signalled.TrySetResult(), null, longest, Timeout.InfiniteTimeSpan);
            await signalled.Task;
        }

        /// <inheritdoc/>
        public void Dispose() => all.Remove(id, signalled);
    }
}
