using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Deciding;

/// <summary>
/// Takes operators' decisions. Each is kept, which only one about a failure can be, before it is delivered to the trip. What a crash has
/// left undelivered is delivered later; a trip ignores a second delivery.
/// </summary>
/// <param name="decisions">Keeps them.</param>
/// <param name="trips">Knows the trips.</param>
public sealed class UndoDecider(IUndoDecisions decisions, TripReader trips)
{
    /// <summary>Takes a decision.</summary>
    /// <param name="client">Raises the event.</param>
    /// <param name="trip">The trip, which waits for a decision about the leg.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="cancellation">Ends the wait; the decision may be taken all the same.</param>
    /// <returns>
    /// Null if this call has taken it, or has delivered one like it; of several calls about a failure, one is answered so.
    /// Else the decision that was taken.
    /// </returns>
    public async Task<UndoDecision?> DecideAsync(
        DurableTaskClient client, TripSources trip, UndoDecision decision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(trip);
        ArgumentNullException.ThrowIfNull(decision);
        var kept = await decisions.AddAsync(new KeptDecision(trip.Id, decision), cancellation);
        if (kept.IsDelivered || (kept.Decision.Action, kept.Decision.Note) != (decision.Action, decision.Note))
        {
            return kept.Decision;
        }

        // A stored decision is delivered, whether or not the caller is still there.
        return await DeliverAsync(client, trip, kept, CancellationToken.None) ? null : kept.Decision;
    }

    /// <summary>Delivers a decision. If its trip doesn't wait for it, it was delivered before, or its orchestration was ended.</summary>
    /// <param name="client">Raises the event.</param>
    /// <param name="kept">The decision.</param>
    /// <param name="cancellation">Ends the wait; it may be delivered all the same.</param>
    public async Task DeliverAsync(DurableTaskClient client, KeptDecision kept, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kept);
        await DeliverAsync(client, await trips.ReadAsync(client, kept.TripId, cancellation), kept, cancellation);
    }

    private async Task<bool> DeliverAsync(DurableTaskClient client, TripSources? trip, KeptDecision kept, CancellationToken cancellation)
    {
        if (trip?.FailureToDecide(kept.Decision.Leg) == kept.Decision.Failure)
        {
            await client.RaiseEventAsync(trip.WaitingInstanceId!, UndoDecision.EventName, kept.Decision, cancellation);
        }

        return await decisions.MarkDeliveredAsync(kept, cancellation);
    }
}
