namespace BookingFunctions.Trips.Reading;

/// <summary>A wait that begins before its trip is started: the trip may be decided before its start is acknowledged.</summary>
/// <param name="waiters">The waits of this process.</param>
public sealed class EarlyWait(TripWaiters waiters) : IDisposable
{
    private TripWaiters.Waiter? waiter;

    /// <summary>Begins to wait for a trip, and no longer for another one.</summary>
    /// <param name="id">The trip's id.</param>
    public void Begin(string id)
    {
        waiter?.Dispose();
        waiter = waiters.Add(id);
    }

    /// <inheritdoc/>
    public void Dispose() => waiter?.Dispose();
}
