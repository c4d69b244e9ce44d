using BookingFunctions.Travel;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Books a trip's hotel, and undoes it.</summary>
/// <param name="desk">Calls the provider.</param>
public sealed class HotelActivities(TravelDesk desk)
{
    /// <summary>Books the hotel.</summary>
    /// <param name="booking">The hotel to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(nameof(BookHotel))]
    public Task<string> BookHotel([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the hotel, and bars a late one.</summary>
    /// <param name="booking">The hotel to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(nameof(UndoBookHotel))]
    public Task UndoBookHotel([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.UndoAsync(booking, cancellation);
}
