using BookingFunctions.Trips.Reading;

namespace BookingFunctions.Trips.Listing;

/// <summary>A trip in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Reason">Why it is rolled back or cancelled, or what it waits for; or null.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="LastUpdatedAt">When that was written down last.</param>
public sealed record TripListItem(
    string Id, string Name, TripState Status, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset LastUpdatedAt)
{
    /// <summary>Shows a row of the directory.</summary>
    /// <param name="entry">The row.</param>
    public static TripListItem Of(TripRow entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new TripListItem(entry.Id, entry.Name, entry.Status, entry.Reason, entry.CreatedAt, entry.UpdatedAt);
    }

    /// <summary>Shows a trip of which more is known than its row.</summary>
    /// <param name="entry">Its row.</param>
    /// <param name="trip">All that is known of it.</param>
    public static TripListItem Of(TripRow entry, TripSources trip)
    {
        ArgumentNullException.ThrowIfNull(trip);
        var status = trip.Status;
        return Of(entry) with { Status = status.Status, Reason = status.Reason, LastUpdatedAt = trip.LastUpdatedAt };
    }
}
