using System.Text.Json.Serialization;

namespace Supplier;

/// <summary>What is held under an id, or was.</summary>
/// <param name="ReservationId">The id.</param>
/// <param name="Order">What was booked; null if it was undone before it was booked.</param>
/// <param name="Confirmation">The confirmation number; null if it was undone before it was booked.</param>
/// <param name="IsUndone">Whether nothing is held under the id, and never will be.</param>
/// <param name="TimesBooked">How many calls have booked it.</param>
public sealed record Reservation(
    [property: JsonPropertyName("reservationId")] string ReservationId,
    [property: JsonPropertyName("order")] Order? Order,
    [property: JsonPropertyName("confirmation")] string? Confirmation,
    [property: JsonPropertyName("isUndone")] bool IsUndone,
    [property: JsonPropertyName("timesBooked")] int TimesBooked);
