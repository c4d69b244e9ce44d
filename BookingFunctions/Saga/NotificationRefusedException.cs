namespace BookingFunctions.Saga;

/// <summary>The notification service has refused a message: sending it again would not help.</summary>
/// <param name="message">What was answered.</param>
public sealed class NotificationRefusedException(string message) : NotificationFailedException(message);
