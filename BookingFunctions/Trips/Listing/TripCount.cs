namespace BookingFunctions.Trips.Listing;

/// <summary>How many trips there are of a minute and a status.</summary>
/// <param name="Minute">When the minute in which they were ordered begins, in UTC.</param>
/// <param name="Status">Their recorded status.</param>
/// <param name="Number">How many; from 1.</param>
public sealed record TripCount(DateTimeOffset Minute, TripState Status, int Number)
{
    /// <summary>The minute of a moment.</summary>
    /// <param name="moment">The moment.</param>
    public static DateTimeOffset MinuteOf(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
}
