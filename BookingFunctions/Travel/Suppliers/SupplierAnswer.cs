using System.Text.Json.Serialization;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>A supplier's answer: a reservation as <c>PUT /reservations/{id}</c> gives it, or a problem document (RFC 9457).</summary>
/// <param name="ReservationId">The id that was booked, so that an answer to another call can't pass for this one's.</param>
/// <param name="Confirmation">The confirmation number.</param>
/// <param name="Title">What is wrong.</param>
/// <param name="Detail">What is wrong in this case.</param>
public sealed record SupplierAnswer(
    [property: JsonPropertyName("reservationId")] string? ReservationId,
    [property: JsonPropertyName("confirmation")] string? Confirmation,
    [property: JsonPropertyName("title")] string? Title,
    [property: JsonPropertyName("detail")] string? Detail)
{
    /// <summary>The longest confirmation number that is taken.</summary>
    public const int MaxConfirmation = 100;

    private const int MaxReason = 300;

    /// <summary>Whether this is a reservation, and the requested one.</summary>
    /// <param name="reservationId">The requested id.</param>
    public bool Confirms(string reservationId) =>
        ReservationId == reservationId
        && Confirmation is { Length: > 0 and <= MaxConfirmation } confirmation
        && confirmation.All(c => c is >= ' ' and <= '~');

    /// <summary>Why a booking was refused, as far as the supplier said so: a line that is fit for a trip's status, or null.</summary>
    public string? Reason()
    {
        var reason = string.IsNullOrWhiteSpace(Detail) ? Title : Detail;
        if (string.IsNullOrWhiteSpace(reason))
        {
            return null;
        }

        var line = string.Concat(reason.Trim().Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= MaxReason ? line : string.Concat(line.AsSpan(0, MaxReason), "…");
    }
}
