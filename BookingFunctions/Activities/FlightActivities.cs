using BookingFunctions.Travel;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Books a trip's flight, and undoes it.</summary>
/// <param name="desk">Calls the provider.</param>
public sealed class FlightActivities(TravelDesk desk)
{
    /// <summary>Books the flight.</summary>
    /// <param name="booking">The flight to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(nameof(BookFlight))]
    public Task<string> BookFlight([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the flight, and bars a late one.</summary>
    /// <param name="booking">The flight to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(nameof(UndoBookFlight))]
    public Task UndoBookFlight([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.UndoAsync(booking, cancellation);
}
