namespace BookingFunctions.Trips.Deciding;

/// <summary>An operator's decision, as it is kept.</summary>
/// <param name="TripId">The trip's id.</param>
/// <param name="Decision">The decision.</param>
/// <param name="IsTold">Whether the trip is known to have been told.</param>
public sealed record KeptDecision(string TripId, UndoDecision Decision, bool IsTold = false);
