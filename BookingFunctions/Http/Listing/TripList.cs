using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Http.Listing;

/// <summary>A page of trips.</summary>
/// <param name="Trips">The trips, newest first.</param>
/// <param name="ContinuationToken">What to ask for the next page with; null on the last one.</param>
public sealed record TripList(IReadOnlyList<TripListItem> Trips, string? ContinuationToken);
