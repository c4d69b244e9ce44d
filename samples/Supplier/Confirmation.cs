using System.Text.Json.Serialization;

namespace Supplier;

/// <summary>What a booking is answered with.</summary>
/// <param name="ReservationId">The reservation's id.</param>
/// <param name="Number">The confirmation number.</param>
public sealed record Confirmation(
    [property: JsonPropertyName("reservationId")] string ReservationId,
    [property: JsonPropertyName("confirmation")] string Number);
