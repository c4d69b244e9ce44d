using System.Text.Json.Serialization;
using BookingFunctions.Saga;

namespace BookingFunctions.Activities;

/// <summary>What a traveler is told.</summary>
/// <param name="TripId">The trip's id, which is its confirmation number.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How the trip ended.</param>
public sealed record TripNotice(
    [property: JsonPropertyName("tripId")] string TripId,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("status")] TripState Status);
