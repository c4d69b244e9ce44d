using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>What a trip reports of itself: its custom status while it runs, and its output. Its JSON stays below 8 KB.</summary>
/// <param name="Status">How far it has come.</param>
/// <param name="Reason">Why it is rolled back, or null while it isn't.</param>
/// <param name="Legs">Its legs, in the order of <see cref="Leg"/>.</param>
/// <param name="Notification">What became of the message to the traveler; null while the trip is undecided.</param>
public sealed record TripStatus(
    [property: JsonPropertyName("status")] TripState Status,
    [property: JsonPropertyName("reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason,
    [property: JsonPropertyName("legs")] IReadOnlyList<LegStatus> Legs,
    [property: JsonPropertyName("notification"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    NotificationStatus? Notification = null)
{
    /// <summary>A trip that has not begun.</summary>
    public static TripStatus New { get; } = new(TripState.Booking, null, [.. Enum.GetValues<Leg>().Select(leg => new LegStatus(leg))]);

    /// <summary>Whether it is known how the trip ends.</summary>
    [JsonIgnore]
    public bool IsDecided => Status is TripState.Confirmed or TripState.Cancelled;
}
