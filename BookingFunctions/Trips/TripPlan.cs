using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>
/// The input of <see cref="Orchestrators.BookTrip"/>. The settings that shape a trip travel in it, so that changing them can't break a
/// trip that is running.
/// </summary>
/// <param name="Trip">What to book.</param>
/// <param name="Booking">How often each leg is tried.</param>
/// <param name="Undo">How often each undo is tried.</param>
/// <param name="Parallel">Whether the legs are booked at once, instead of one after the other.</param>
/// <param name="DeadlineSeconds">After how many seconds an undecided trip is given up; null for never.</param>
/// <param name="Trace">The trace of the request that started it, which is passed on to providers; null if none is known.</param>
public sealed record TripPlan(
    [property: JsonPropertyName("trip")] TripRequest Trip,
    [property: JsonPropertyName("booking")] RetrySettings Booking,
    [property: JsonPropertyName("undo")] RetrySettings Undo,
    [property: JsonPropertyName("parallel")] bool Parallel = false,
    [property: JsonPropertyName("deadlineSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    int? DeadlineSeconds = null,
    [property: JsonPropertyName("trace"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TripTrace? Trace = null)
{
    /// <summary>Whether it is complete. The management API starts an orchestrator with any input.</summary>
    [JsonIgnore]
    public bool IsComplete => Trip is { IsComplete: true } && Booking is not null && Undo is not null;
}
