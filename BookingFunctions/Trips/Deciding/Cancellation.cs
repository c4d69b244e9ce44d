using System.Text.Json.Serialization;

namespace BookingFunctions.Trips.Deciding;

/// <summary>The input of <see cref="Orchestrators.CancelTrip"/>.</summary>
/// <param name="TripId">The trip.</param>
/// <param name="Reason">Why, in the traveler's words.</param>
/// <param name="Waits">How long to wait between polls of a trip that still runs.</param>
/// <param name="Polls">How often it was polled.</param>
public sealed record Cancellation(
    [property: JsonPropertyName("tripId")] string TripId,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("waits")] RetrySettings Waits,
    [property: JsonPropertyName("polls")] int Polls = 0)
{
    private const string Suffix = "~cancel";

    /// <summary>How a trip says that it was cancelled.</summary>
    [JsonIgnore]
    public string Summary => Describe(Reason);

    /// <summary>How long to wait until the next poll.</summary>
    [JsonIgnore]
    public TimeSpan Wait => TimeSpan.FromMilliseconds(Math.Min(
        Waits.FirstInterval.TotalMilliseconds * Math.Pow(Math.Max(Waits.BackoffCoefficient, 1.5), Math.Min(Polls, 50)),
        Waits.MaxInterval.TotalMilliseconds));

    /// <summary>The id of the orchestration that cancels a trip: there is one, however often cancellation is requested.</summary>
    /// <param name="tripId">The trip's id.</param>
    public static string IdOf(string tripId) => tripId + Suffix;

    /// <summary>How a trip says that it was cancelled.</summary>
    /// <param name="reason">Why; null if that isn't known.</param>
    public static string Describe(string? reason) => reason is null ? "Cancelled." : $"Cancelled: {reason}";
}
