namespace BookingFunctions.Tests.EndToEnd;

/// <summary>A leg of a trip as the API shows it.</summary>
public sealed record LegJson(
    string Leg,
    string Request,
    string State,
    int Attempt,
    string? Confirmation,
    ErrorJson? Error,
    SkippedJson? Skipped,
    DateTimeOffset? RetryAt);
