namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Trips that go on after the process has ended and started again.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_trip_that_is_stopped_or_killed_half_way_is_confirmed_after_a_restart(bool killed)
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data))
        {
            id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });
            await app.UntilAsync(id, trip => trip.Car.State == "Booked" && trip.Hotel.State == "Booking");
            await (killed ? app.KillAsync() : app.StopAsync());
        }

        await using var again = await LocalApp.StartAsync(data);
        var trip = await again.DecidedAsync(id);

        Assert.Equal("Confirmed", trip.Status);
        Assert.Equal(["Booked", "Booked", "Booked"], trip.Legs.Select(leg => leg.State));
    }

    [Fact]
    public async Task A_buggy_hotel_is_retried_and_booked_after_a_restart_with_the_bug_fixed()
    {
        using var data = new DataFile();
        string id;
        int attempt;
        await using (var app = await LocalApp.StartAsync(data))
        {
            id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
            var retrying = await app.UntilAsync(id, trip => trip.Hotel.Attempt >= 3);
            Assert.Equal(("Booking", "Booked", "Retrying"), (retrying.Status, retrying.Car.State, retrying.Hotel.State));
            Assert.NotNull(retrying.Hotel.Error);
            attempt = retrying.Hotel.Attempt;
            await app.StopAsync();
        }

        await using var again = await LocalApp.StartAsync(data, Settings.HotelBugFixed);
        var trip = await again.DecidedAsync(id);

        Assert.Equal("Confirmed", trip.Status);
        Assert.True(trip.Hotel.Attempt >= attempt, $"Attempt {trip.Hotel.Attempt} after attempt {attempt}");
    }

    [Fact]
    public async Task A_decided_trip_reads_the_same_after_a_restart()
    {
        using var data = new DataFile();
        TripJson before;
        await using (var app = await LocalApp.StartAsync(data))
        {
            before = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
            await app.StopAsync();
        }

        await using var again = await LocalApp.StartAsync(data);

        Assert.Equivalent(before, await again.GetTripAsync(before.Id), strict: true);
    }

    [Fact]
    public async Task A_changed_setting_does_not_change_a_trip_that_runs()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data, ("Saga__Attempts", "500")))
        {
            id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn" });
            await app.UntilAsync(id, trip => trip.Hotel.Attempt >= 3);
            await app.StopAsync();
        }

        await using var again = await LocalApp.StartAsync(data, ("Saga__Attempts", "1"), Settings.HotelBugFixed);

        Assert.Equal("Confirmed", (await again.DecidedAsync(id)).Status);
    }
}
