namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Who has accepted what a leg still holds, as the API shows it.</summary>
public sealed record SkippedJson(string By, string? Note, DateTimeOffset At);
