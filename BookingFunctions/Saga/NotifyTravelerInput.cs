using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Saga;

/// <summary>The input of <see cref="ActivityNames.NotifyTraveler"/>.</summary>
/// <param name="TripId">The trip's id, which is its confirmation number.</param>
/// <param name="Trip">What was requested.</param>
/// <param name="Outcome">How the trip ended.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Trace">The trace of the request that started the trip; null if none is known.</param>
public sealed record NotifyTravelerInput(
    [property: JsonPropertyName("tripId")] string TripId,
    [property: JsonPropertyName("trip")] TripRequest Trip,
    [property: JsonPropertyName("outcome")] TripStatus Outcome,
    [property: JsonPropertyName("at")] DateTimeOffset At,
    [property: JsonPropertyName("trace"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TripTrace? Trace = null)
{
    /// <summary>The message's own id: however often it is sent, it is one message.</summary>
    [JsonIgnore]
    public string Id => $"{TripId}-{Status.ToString().ToLowerInvariant()}";

    /// <summary>How the trip ended.</summary>
    [JsonIgnore]
    public TripState Status => Outcome.Status;
}
