using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Travel;

/// <summary>One leg of a trip, as a provider is asked to book or to undo it.</summary>
/// <param name="ReservationId">Derived from the trip and the leg, so that a repeated call means the same reservation.</param>
/// <param name="Leg">Which leg.</param>
/// <param name="Trip">The whole trip that the leg belongs to.</param>
/// <param name="Trace">The trace of the request that started the trip; null if none is known.</param>
public sealed record Booking(
    [property: JsonPropertyName("reservationId")] string ReservationId,
    [property: JsonPropertyName("leg")] Leg Leg,
    [property: JsonPropertyName("trip")] TripRequest Trip,
    [property: JsonPropertyName("trace"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TripTrace? Trace = null)
{
    /// <summary>What is to be booked.</summary>
    [JsonIgnore]
    public string Item => Trip.Item(Leg);

    /// <summary>The booking of a leg of a trip.</summary>
    /// <param name="tripId">The trip's instance id.</param>
    /// <param name="leg">The leg.</param>
    /// <param name="trip">The trip.</param>
    /// <param name="trace">The trace of the request that started it; null if none is known.</param>
    public static Booking Of(string tripId, Leg leg, TripRequest trip, TripTrace? trace = null) =>
        new(tripId + Suffix(leg), leg, trip, trace);

    /// <summary>The trip that a reservation belongs to.</summary>
    /// <param name="reservationId">The reservation's id.</param>
    /// <param name="leg">Its leg.</param>
    /// <returns>The trip's id; null if the id was not made of one and that leg.</returns>
    public static string? TripIdOf(string reservationId, Leg leg)
    {
        ArgumentNullException.ThrowIfNull(reservationId);
        var suffix = Suffix(leg);
        return reservationId.Length > suffix.Length && reservationId.EndsWith(suffix, StringComparison.Ordinal)
            ? reservationId[..^suffix.Length]
            : null;
    }

    private static string Suffix(Leg leg) => $"-{leg.ToName()}";
}
