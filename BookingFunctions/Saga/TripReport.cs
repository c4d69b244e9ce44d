using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Saga;

/// <summary>What the directory is told of a trip.</summary>
/// <param name="TripId">The trip's id.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="At">When it came to that.</param>
public sealed record TripReport(
    [property: JsonPropertyName("tripId")] string TripId,
    [property: JsonPropertyName("status")] TripStatus Status,
    [property: JsonPropertyName("at")] DateTimeOffset At);
