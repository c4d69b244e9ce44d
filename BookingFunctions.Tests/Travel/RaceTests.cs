using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Travel.Suppliers;
using BookingFunctions.Travel;
using Leg = BookingFunctions.Trips.Leg;

namespace BookingFunctions.Tests.Travel;

public sealed class RaceTests
{
    private const int Trips = 200;
    private const int Seats = 10;

    [Fact]
    public async Task Of_two_hundred_trips_that_race_for_ten_seats_ten_are_confirmed_and_the_others_hold_nothing()
    {
        await using var host = await TripHost.StartAsync(("Inventory__Flight", Seats.ToString(CultureInfo.InvariantCulture)));

        var ids = new List<string>();
        foreach (var starts in Enumerable.Range(1, Trips).Chunk(50))
        {
            // One name, written in many ways.
            ids.AddRange(await Task.WhenAll(starts.Select(number => host.StartTripAsync(
                new() { Name = $"Traveler {number}", Flight = number % 2 == 0 ? "Alaska Airlines 123" : " ALASKA airlines 123 " }))));
        }

        var trips = new List<TripJson>();
        foreach (var id in ids)
        {
            trips.Add(await host.UntilAsync(id, trip => trip.HasEnded));
        }

        var confirmed = trips.Where(trip => trip.Status == "Confirmed").Select(trip => trip.Id).ToList();
        var others = trips.Where(trip => trip.Status != "Confirmed").ToList();
        Assert.Equal(Seats, confirmed.Count);
        Assert.All(others, trip =>
        {
            Assert.Equal("Cancelled", trip.Status);
            Assert.Equal(typeof(SoldOutException).FullName, trip.Flight.Error!.Type);
        });
        Assert.Equal(
            (from id in confirmed from leg in Enum.GetValues<Leg>() select $"{id}-{leg}".ToLowerInvariant()).Order(StringComparer.Ordinal),
            (await host.HeldAsync()).Select(reservation => reservation.Id).Order(StringComparer.Ordinal));
    }
}
