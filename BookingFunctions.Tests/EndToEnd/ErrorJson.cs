namespace BookingFunctions.Tests.EndToEnd;

/// <summary>A leg's last failure as the API shows it.</summary>
public sealed record ErrorJson(string Type, string Message, string? StackTrace);
