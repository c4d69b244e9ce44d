using BookingFunctions.Saga;
using BookingFunctions.Travel;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Books a trip's legs, and undoes them. Each leg has activities of its own, so that a history says which it was.</summary>
/// <param name="provider">Calls the provider.</param>
public sealed class LegActivities(ProviderInvoker provider)
{
    /// <summary>Books the car.</summary>
    /// <param name="booking">The car to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(ActivityNames.BookCar)]
    public Task<string> BookCar([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the car, and bars a late one.</summary>
    /// <param name="booking">The car to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.UndoBookCar)]
    public Task UndoBookCar([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.UndoAsync(booking, cancellation);

    /// <summary>Books the hotel.</summary>
    /// <param name="booking">The hotel to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(ActivityNames.BookHotel)]
    public Task<string> BookHotel([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the hotel, and bars a late one.</summary>
    /// <param name="booking">The hotel to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.UndoBookHotel)]
    public Task UndoBookHotel([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.UndoAsync(booking, cancellation);

    /// <summary>Books the flight.</summary>
    /// <param name="booking">The flight to book.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <returns>The confirmation number.</returns>
    [Function(ActivityNames.BookFlight)]
    public Task<string> BookFlight([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.BookAsync(booking, cancellation);

    /// <summary>Undoes the booking of the flight, and bars a late one.</summary>
    /// <param name="booking">The flight to undo.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.UndoBookFlight)]
    public Task UndoBookFlight([ActivityTrigger] Booking booking, CancellationToken cancellation) =>
        provider.UndoAsync(booking, cancellation);
}
