namespace BookingFunctions.Travel;

/// <summary>A booking came after its own undo: it stays undone.</summary>
/// <param name="reservationId">The reservation id.</param>
public sealed class ReservationUndoneException(string reservationId)
    : BookingRefusedException($"The reservation '{reservationId}' was undone before it was booked, so it can't be booked any more.");
