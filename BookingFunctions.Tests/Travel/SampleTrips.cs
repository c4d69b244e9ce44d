using BookingFunctions.Travel;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Travel;

/// <summary>Trips to test with.</summary>
internal static class SampleTrips
{
    public static TripRequest Plain { get; } = new("Alice Jones", "Ford 150", "Hilton 123", "Alaska Airlines 123");

    public static Booking Booking(Leg leg, TripRequest? trip = null) => BookingFunctions.Travel.Booking.Of("alice-1", leg, trip ?? Plain);
}
