using BookingFunctions.Travel;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Books a trip's car, and undoes it.</summary>
/// <param name="desk">Calls the provider.</param>
public sealed class CarActivities(TravelDesk desk)
{
    /// <summary>Books the car.</summary>
    /// <param name="booking">The car to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(nameof(BookCar))]
    public Task<string> BookCar([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the car, and bars a late one.</summary>
    /// <param name="booking">The car to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(nameof(UndoBookCar))]
    public Task UndoBookCar([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        desk.UndoAsync(booking, cancellation);
}
