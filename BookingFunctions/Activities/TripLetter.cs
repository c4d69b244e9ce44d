using BookingFunctions.Saga;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;

namespace BookingFunctions.Activities;

/// <summary>What the operator's service is told of a trip: the trip as the API shows it, but for its times.</summary>
/// <param name="Id">The trip's id.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why it was cancelled; null if it is confirmed.</param>
/// <param name="DecidedAt">When that was decided.</param>
/// <param name="Legs">The car, the hotel and the flight.</param>
public sealed record TripLetter(
    string Id, string Name, TripState Status, string? Reason, DateTimeOffset DecidedAt, IReadOnlyList<LegView> Legs)
{
    /// <summary>Writes the letter of a message.</summary>
    /// <param name="notice">The message.</param>
    public static TripLetter Of(TripNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return new TripLetter(
            notice.TripId,
            notice.Trip.Name,
            notice.Status,
            notice.Outcome.Reason,
            notice.At,
            [.. notice.Outcome.Legs.Select(leg => LegView.Of(leg, notice.Trip))]);
    }
}
