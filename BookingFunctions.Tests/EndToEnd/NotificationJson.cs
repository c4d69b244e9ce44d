namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What became of the message to a traveler, as the API shows it.</summary>
public sealed record NotificationJson(string State, DateTimeOffset At, string? Error);
