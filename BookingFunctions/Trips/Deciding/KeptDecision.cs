namespace BookingFunctions.Trips.Deciding;

/// <summary>An operator's decision, as it is kept.</summary>
/// <param name="TripId">The trip's id.</param>
/// <param name="Decision">The decision.</param>
/// <param name="IsDelivered">Whether it is known to be delivered to the trip.</param>
public sealed record KeptDecision(string TripId, UndoDecision Decision, bool IsDelivered = false);
