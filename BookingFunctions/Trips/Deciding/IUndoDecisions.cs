namespace BookingFunctions.Trips.Deciding;

/// <summary>
/// Operators' decisions about legs that could not be undone: one for each failure of an undo. Every operation is atomic, and durable
/// once its task completes.
/// </summary>
public interface IUndoDecisions
{
    /// <summary>Keeps a decision, unless one is kept for the same failure.</summary>
    /// <param name="decision">The decision, not delivered yet.</param>
    /// <param name="cancellation">Ends the wait; the decision may be kept all the same.</param>
    /// <returns>The decision that is kept now: this one, or the one that was there.</returns>
    Task<KeptDecision> AddAsync(KeptDecision decision, CancellationToken cancellation);

    /// <summary>Notes that a decision was delivered to its trip.</summary>
    /// <param name="decision">The decision, which is kept.</param>
    /// <param name="cancellation">Ends the wait; it may be noted all the same.</param>
    /// <returns>Whether it had not been noted: of several calls, one gets true.</returns>
    Task<bool> MarkDeliveredAsync(KeptDecision decision, CancellationToken cancellation);

    /// <summary>Lists the decisions that are not known to be delivered, in no particular order.</summary>
    /// <param name="olderThan">Only those taken before.</param>
    /// <param name="cancellation">Ends the list.</param>
    IAsyncEnumerable<KeptDecision> ListUndeliveredAsync(DateTimeOffset olderThan, CancellationToken cancellation);
}
