using BookingFunctions.Saga;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;

namespace BookingFunctions.Activities;

/// <summary>The body of the notification webhook: the trip as the API shows it, without its times.</summary>
/// <param name="Id">The trip's id.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why it was cancelled; null if it is confirmed.</param>
/// <param name="DecidedAt">When that was decided.</param>
/// <param name="Legs">The car, the hotel and the flight.</param>
public sealed record NotificationPayload(
    string Id, string Name, TripState Status, string? Reason, DateTimeOffset DecidedAt, IReadOnlyList<LegView> Legs)
{
    /// <summary>Builds the webhook payload.</summary>
    /// <param name="notice">The message.</param>
    public static NotificationPayload Of(NotifyTravelerInput notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return new NotificationPayload(
            notice.TripId,
            notice.Trip.Name,
            notice.Status,
            notice.Outcome.Reason,
            notice.At,
            [.. notice.Outcome.Legs.Select(leg => LegView.Of(leg, notice.Trip))]);
    }
}
