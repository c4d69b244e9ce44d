namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Trips whose undo fails.</summary>
public sealed class StuckUndoTests
{
    private static readonly TripRequest StuckTrip = new() { Hotel = "Stuck Inn", Flight = "Invalid 123" };

    [Fact]
    public async Task A_hotel_that_can_not_be_undone_needs_attention_and_does_not_hold_up_the_car()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data, ("Saga__UndoAttempts", "3"));

        var trip = await app.BookAsync(StuckTrip);

        Assert.Equal("NeedsAttention", trip.Status);
        Assert.Equal(["Undone", "UndoFailed", "Failed"], trip.Legs.Select(leg => leg.State));
        Assert.NotNull(trip.Hotel.Error);
        Assert.False(string.IsNullOrWhiteSpace(trip.Reason));
        Assert.Equal(3, (await app.ActivitiesAsync(trip.Id)).Count(run => run == "TaskFailed UndoBookHotel"));
    }

    [Fact]
    public async Task A_hotel_that_can_not_be_undone_is_undone_after_a_restart_with_the_fix()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data, ("Saga__UndoAttempts", "1000")))
        {
            id = await app.StartTripAsync(StuckTrip);
            await app.UntilAsync(id, trip => trip is { Status: "RollingBack", Hotel.Error: not null });
            await app.StopAsync();
        }

        await using var again = await LocalApp.StartAsync(data, Settings.HotelUndoFixed);
        var decided = await again.DecidedAsync(id);

        Assert.Equal("Cancelled", decided.Status);
        Assert.Equal(["Undone", "Undone", "Failed"], decided.Legs.Select(leg => leg.State));
    }
}
