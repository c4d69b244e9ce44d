namespace BookingFunctions.Saga;

/// <summary>Whoever is to tell travelers has refused a message: sending it again would not help.</summary>
/// <param name="message">What was answered.</param>
public sealed class NotificationRefusedException(string message) : Exception(message);
