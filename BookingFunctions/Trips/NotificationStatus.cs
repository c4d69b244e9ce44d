using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>What became of the message to the traveler.</summary>
/// <param name="State">Whether it was sent.</param>
/// <param name="At">When it came to that.</param>
/// <param name="Error">Why it could not be sent; otherwise null.</param>
public sealed record NotificationStatus(
    [property: JsonPropertyName("state")] NotificationState State,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("error")] string? Error = null);
