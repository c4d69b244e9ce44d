using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Saga;

/// <summary>The input of <see cref="ActivityNames.RecordTrip"/>.</summary>
/// <param name="TripId">The trip's id.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="At">When it came to that.</param>
public sealed record RecordTripInput(
    [property: JsonPropertyName("tripId")] string TripId,
    [property: JsonPropertyName("status")] TripStatus Status,
    [property: JsonPropertyName("at")] DateTimeOffset At);
