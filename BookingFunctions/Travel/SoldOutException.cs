using BookingFunctions.Trips;

namespace BookingFunctions.Travel;

/// <summary>There was such a thing, but all of it is booked.</summary>
/// <param name="leg">What kind of thing.</param>
/// <param name="item">Its name, as the traveler wrote it.</param>
public sealed class SoldOutException(Leg leg, string item)
    : BookingRefusedException($"The {leg.ToName()} '{item}' is sold out.");
