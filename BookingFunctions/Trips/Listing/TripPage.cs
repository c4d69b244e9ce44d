namespace BookingFunctions.Trips.Listing;

/// <summary>A page of trips.</summary>
/// <param name="Trips">The trips, newest first.</param>
/// <param name="ContinuationToken">Where the next page begins; null if there is none.</param>
public sealed record TripPage(IReadOnlyList<TripRow> Trips, string? ContinuationToken);
