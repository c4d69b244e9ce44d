namespace BookingFunctions.Saga;

/// <summary>A trip is given up before it is booked: its traveler has cancelled it, or its deadline has passed.</summary>
/// <param name="reason">Why.</param>
public sealed class TripStoppedException(string reason) : Exception(reason);
