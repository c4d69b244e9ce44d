namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Trips that go on after the process has ended and started again.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trips_go_on_where_they_were_after_the_process_was_stopped_or_killed_and_keep_their_settings(bool killed)
    {
        using var data = new DataFile();
        TripJson decided;
        TripJson retrying;
        string slow;
        string buggy;
        await using (var app = await LocalApp.StartAsync(data, ("Saga__Attempts", "500")))
        {
            decided = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
            buggy = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn" });
            retrying = await app.UntilAsync(buggy, trip => trip.Hotel.Attempt >= 3);
            Assert.Equal(("Booking", "Booked", "Retrying"), (retrying.Status, retrying.Car.State, retrying.Hotel.State));
            Assert.NotNull(retrying.Hotel.Error);
            slow = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });
            await app.UntilAsync(slow, trip => trip.Car.State == "Booked");
            await (killed ? app.KillAsync() : app.StopAsync());
        }

        await using var again = await LocalApp.StartAsync(data, ("Saga__Attempts", "1"), Settings.HotelBugFixed);

        Assert.Equivalent(decided, await again.GetTripAsync(decided.Id), strict: true);
        foreach (var id in new[] { slow, buggy })
        {
            var trip = await again.DecidedAsync(id);
            Assert.Equal("Confirmed", trip.Status);
            Assert.Equal(["Booked", "Booked", "Booked"], trip.Legs.Select(leg => leg.State));
        }

        var attempt = (await again.GetTripAsync(buggy)).Hotel.Attempt;
        Assert.True(attempt >= retrying.Hotel.Attempt, $"Attempt {attempt} after attempt {retrying.Hotel.Attempt}");
    }
}
