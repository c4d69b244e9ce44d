using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Saga;

/// <summary>The output of <see cref="ActivityNames.ReadTrip"/>.</summary>
/// <param name="IsRunning">Whether its own orchestration goes on, and so decides itself.</param>
/// <param name="Plan">What was to be booked; null if that can't be read, so that nothing was.</param>
/// <param name="Status">How far it has come.</param>
public sealed record ReadTripOutput(
    [property: JsonPropertyName("isRunning")] bool IsRunning,
    [property: JsonPropertyName("plan"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TripPlan? Plan,
    [property: JsonPropertyName("status")] TripStatus Status);
