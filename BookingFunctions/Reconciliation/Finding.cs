using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Reconciliation;

/// <summary>A reservation on which its trip and the store disagree.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="ReservationId">Its id.</param>
/// <param name="TripId">The trip that it belongs to; null if its id says none.</param>
/// <param name="Leg">The leg.</param>
/// <param name="Item">What is held, or should be.</param>
/// <param name="Confirmation">Its confirmation number, or null if there is none.</param>
/// <param name="Reason">Why it is here, in words.</param>
public sealed record Finding(
    [property: JsonIgnore] FindingKind Kind,
    string ReservationId,
    string? TripId,
    Leg Leg,
    string Item,
    string? Confirmation,
    string Reason);
