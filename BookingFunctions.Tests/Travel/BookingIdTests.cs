using BookingFunctions.Travel;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Travel;

public sealed class BookingIdTests
{
    [Fact]
    public void Each_leg_of_each_trip_has_a_reservation_id_of_its_own()
    {
        var ids = from number in Enumerable.Range(1, 2)
                  from leg in Enum.GetValues<Leg>()
                  select Booking.Of($"alice-{number}", leg, SampleTrips.Plain).ReservationId;

        Assert.Equal(6, ids.Distinct().Count());
        Assert.Equal("alice-1-hotel", Booking.Of("alice-1", Leg.Hotel, SampleTrips.Plain).ReservationId);
    }
}
