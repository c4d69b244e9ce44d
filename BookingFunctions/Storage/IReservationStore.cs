using BookingFunctions.Trips;

namespace BookingFunctions.Storage;

/// <summary>
/// Keeps reservations, one a reservation id, and counts how many of each item are booked. An id belongs to one leg and one
/// item; items that differ only in letter case or in white space around them are one (<see cref="ReservationChanges.ItemKey"/>).
/// Every operation is atomic and safe to repeat: activities run at least once, and a late one may run beside its own undo. What an
/// operation has changed is durable before the outcome of the activity that called it is, so only activities may call those that change.
/// </summary>
public interface IReservationStore
{
    /// <summary>Counts a try to book under an id, so that the count survives a restart.</summary>
    /// <param name="id">The reservation id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What is to be booked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many tries there were, this one included: from 1.</returns>
    Task<int> CountAttemptAsync(string id, Leg leg, string item, CancellationToken cancellation);

    /// <summary>
    /// Takes one of an item and books it, in one step, unless the id is booked already (then nothing changes, however few
    /// there are) or was undone (then it stays so).
    /// </summary>
    /// <param name="id">The reservation id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What to book.</param>
    /// <param name="confirmation">The confirmation number to give if this call is the one that books.</param>
    /// <param name="capacity">How many reservations of that leg and item may be booked at the same time.</param>
    /// <param name="cancellation">Ends the wait; what was booked before stays booked.</param>
    /// <returns>
    /// The reservation as it is now: its state is <see cref="ReservationState.Booked"/> or <see cref="ReservationState.Undone"/>;
    /// or null if others have booked them all: nothing has changed then.
    /// </returns>
    Task<Reservation?> BookAsync(
        string id, Leg leg, string item, string confirmation, int capacity, CancellationToken cancellation);

    /// <summary>
    /// Undoes a reservation, so that what it held is free again, and bars its id from being booked later, whether it was
    /// booked before or never tried.
    /// </summary>
    /// <param name="id">The reservation id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What was, or would have been, booked.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The reservation as it is now: its state is <see cref="ReservationState.Undone"/>.</returns>
    Task<Reservation> UndoAsync(string id, Leg leg, string item, CancellationToken cancellation);

    /// <summary>Finds a reservation.</summary>
    /// <param name="id">The reservation id.</param>
    /// <param name="leg">Its leg.</param>
    /// <param name="item">What was booked, or tried.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The reservation, or null if its id was never used.</returns>
    Task<Reservation?> FindAsync(string id, Leg leg, string item, CancellationToken cancellation);

    /// <summary>
    /// Lists every reservation that is <see cref="ReservationState.Booked"/>, in no particular order, a page at a time. One
    /// that changes meanwhile may be listed or not.
    /// </summary>
    /// <param name="cancellation">Ends the list.</param>
    IAsyncEnumerable<Reservation> ListLiveAsync(CancellationToken cancellation);
}
