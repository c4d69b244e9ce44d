namespace BookingFunctions.Saga;

/// <summary>A traveler was not notified. That changes nothing about the trip, whose decision is written already.</summary>
/// <param name="message">Why.</param>
public class NotificationFailedException(string message) : Exception(message);
