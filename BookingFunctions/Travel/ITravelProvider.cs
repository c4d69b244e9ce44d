namespace BookingFunctions.Travel;

/// <summary>
/// A provider of cars, rooms or seats. Both calls are safe to repeat. A call that ends in anything but a result or
/// a <see cref="BookingRefusedException"/> has an unknown outcome: it may be repeated, and has to be undone in the end.
/// </summary>
public interface ITravelProvider
{
    /// <summary>Books a leg, once however often it is called for the same reservation id.</summary>
    /// <param name="booking">What to book.</param>
    /// <param name="cancellation">Ends the wait; the outcome is unknown then.</param>
    /// <returns>The confirmation number, the same for every call with this reservation id.</returns>
    /// <exception cref="BookingRefusedException">The provider won't book this, now or later.</exception>
    /// <exception cref="ProviderUnavailableException">The provider can't answer now.</exception>
    Task<string> BookAsync(Booking booking, CancellationToken cancellation);

    /// <summary>Undoes a booking, and bars its reservation id from being booked later, whether it was booked or not.</summary>
    /// <param name="booking">What to undo.</param>
    /// <param name="cancellation">Ends the wait; the outcome is unknown then.</param>
    /// <exception cref="ProviderUnavailableException">The provider can't answer now.</exception>
    Task UndoAsync(Booking booking, CancellationToken cancellation);
}
