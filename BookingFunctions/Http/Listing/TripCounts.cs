namespace BookingFunctions.Http.Listing;

/// <summary>How many trips were started, minute by minute.</summary>
/// <param name="From">From when on they were counted.</param>
/// <param name="To">Until when.</param>
/// <param name="Minutes">The minutes in which there was one, oldest first.</param>
public sealed record TripCounts(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TripMinute> Minutes);
