using BookingFunctions.Trips.Listing;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Reading;

/// <summary>
/// Waits for a trip's decision. It goes by the trip's row: its orchestration may end later, when the last call in flight has returned.
/// Where this process writes the row, that is signalled; for what another one writes, the row is read now and then.
/// </summary>
/// <param name="directory">Has the row.</param>
/// <param name="waiters">Signals what this process writes.</param>
/// <param name="trips">Knows whether a confirmed trip is being cancelled.</param>
/// <param name="clock">What the wait is measured by.</param>
public sealed class DecisionWait(ITripDirectory directory, TripWaiters waiters, TripReader trips, TimeProvider clock)
{
    /// <summary>How often the row is read for <see cref="Soon"/>.</summary>
    public static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How often it is read after that.</summary>
    public static readonly TimeSpan LastInterval = TimeSpan.FromMilliseconds(900);

    /// <summary>Within which time most trips are decided.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <summary>Makes a wait that can begin before the trip is started, and is held until <see cref="RunAsync"/> has returned.</summary>
    public EarlyWait CreateEarly() => new(waiters);

    /// <summary>Waits.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="entry">The trip's row as it was found: if that isn't started, it is a trip of this call's own.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellation">Ends the wait: the caller has left, or the host stops.</param>
    /// <returns>The trip; null if it wasn't decided in time, and goes on by itself.</returns>
    public async Task<TripView?> RunAsync(DurableTaskClient client, TripRow entry, TimeSpan limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var timeout = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var begun = clock.GetTimestamp();
        try
        {
            while (true)
            {
                using var waiter = waiters.Add(entry.Id);
                if (await FindDecidedAsync(client, entry, both.Token) is { } trip)
                {
                    return trip;
                }

                await waiter.WaitAsync(clock.GetElapsedTime(begun) < Soon ? FirstInterval : LastInterval, clock, both.Token);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<TripView?> FindDecidedAsync(DurableTaskClient client, TripRow entry, CancellationToken cancellation)
    {
        if (await directory.FindAsync(entry.Id, cancellation) is not { Status: TripState.Confirmed or TripState.Cancelled } row)
        {
            return null;
        }

        // A trip that was started by an earlier request may be being cancelled.
        return !entry.IsStarted || row.Status == TripState.Cancelled ? TripView.Of(new TripSources(row.Id, null, null, row))
            : await trips.FindAsync(client, row.Id, cancellation) is { IsDecided: true } trip ? trip
            : null;
    }
}
