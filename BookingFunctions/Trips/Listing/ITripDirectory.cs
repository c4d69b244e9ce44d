using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Trips.Listing;

/// <summary>
/// The directory of all trips, one row each, and of the idempotency keys that have claimed one. It is what decides about ids
/// and keys. Every operation is atomic, and durable once its task completes, but for <see cref="RecordAsync"/>.
/// </summary>
public interface ITripDirectory
{
    /// <summary>Adds a trip, unless its id is taken.</summary>
    /// <param name="entry">The trip.</param>
    /// <param name="cancellation">Ends the wait; the trip may be added all the same.</param>
    /// <returns>The trip that has the id now: this one, or the one that was there.</returns>
    Task<TripRow> AddAsync(TripRow entry, CancellationToken cancellation);

    /// <summary>Claims an idempotency key. The first claim wins, and stays.</summary>
    /// <param name="keyHash">A hash of the key.</param>
    /// <param name="claim">What it is claimed for.</param>
    /// <param name="cancellation">Ends the wait; the key may be claimed all the same.</param>
    /// <returns>The claim that has won.</returns>
    Task<KeyClaim> ClaimAsync(string keyHash, KeyClaim claim, CancellationToken cancellation);

    /// <summary>Finds a trip.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The trip, or null if there is none.</returns>
    Task<TripRow?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Changes a trip.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">
    /// Makes of the trip as it is what it is to be. It may run several times, also on its own result: it should do nothing
    /// but that, and be quick. <see cref="TripRow.Id"/>, <see cref="TripRow.Name"/> and <see cref="TripRow.CreatedAt"/>
    /// stay, whatever it makes of them.
    /// </param>
    /// <param name="cancellation">Ends the wait; the trip may be changed all the same.</param>
    /// <returns>The trip as it is now, or null if there is none with that id.</returns>
    Task<TripRow?> UpdateAsync(string id, Func<TripRow, TripRow> change, CancellationToken cancellation);

    /// <summary>
    /// Changes a trip, as <see cref="UpdateAsync"/> does, on behalf of an activity: the change is durable before the activity's outcome
    /// is, and may be lost if the activity runs again.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">Makes of the trip as it is what it is to be.</param>
    /// <param name="cancellation">Ends the wait; the trip may be changed all the same.</param>
    /// <returns>The trip as it is now, or null if there is none with that id.</returns>
    Task<TripRow?> RecordAsync(string id, Func<TripRow, TripRow> change, CancellationToken cancellation) =>
        UpdateAsync(id, change, cancellation);

    /// <summary>Lists trips, newest first.</summary>
    /// <param name="query">Which, and how many.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The page size is below 1.</exception>
    /// <exception cref="ArgumentException">The continuation token can't be read.</exception>
    Task<TripPage> ListAsync(TripQuery query, CancellationToken cancellation);

    /// <summary>Counts trips by the minute in which they were ordered, and by status, without reading more of them.</summary>
    /// <param name="from">Those that were ordered then or later.</param>
    /// <param name="to">Those that were ordered then or before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The counts, in no particular order.</returns>
    Task<IReadOnlyList<TripCount>> CountAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation);

    /// <summary>Lists the trips that are not known to have been started, in no particular order.</summary>
    /// <param name="olderThan">Only those ordered before.</param>
    /// <param name="cancellation">Ends the list.</param>
    IAsyncEnumerable<TripRow> ListUnstartedAsync(DateTimeOffset olderThan, CancellationToken cancellation);
}
