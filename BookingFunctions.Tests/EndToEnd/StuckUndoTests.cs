using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Trips whose undo fails.</summary>
/// <param name="stuck">The application of the tests that need no restart.</param>
public sealed class StuckUndoTests(StuckApp stuck) : IClassFixture<StuckApp>
{
    private static readonly TripRequest StuckTrip = new() { Hotel = "Stuck Inn", Flight = "Invalid 123" };

    [Fact]
    public async Task A_hotel_that_can_not_be_undone_needs_attention_and_does_not_hold_up_the_car()
    {
        var app = stuck.App;

        var trip = await app.BookAsync(StuckTrip);

        Assert.Equal("NeedsAttention", trip.Status);
        Assert.Equal(["Undone", "UndoFailed", "Failed"], trip.Legs.Select(leg => leg.State));
        Assert.NotNull(trip.Hotel.Error);
        Assert.False(string.IsNullOrWhiteSpace(trip.Reason));
        Assert.Equal(2, (await app.ActivitiesAsync(trip.Id)).Count(run => run == "TaskFailed UndoBookHotel"));
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

    [Fact]
    public async Task A_leg_that_can_not_be_undone_can_be_skipped_and_is_listed_with_who_has_accepted_it()
    {
        var app = stuck.App;
        var trip = await app.BookAsync(StuckTrip);

        Assert.Equal(HttpStatusCode.NotFound, (await app.DecideAsync(trip.Id, "ship", "skip")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await app.DecideAsync("unknown-0000000000", "hotel", "skip")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.DecideAsync(trip.Id, "hotel", "forget")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await app.DecideAsync(trip.Id, "car", "skip")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await app.DecideAsync(trip.Id, "hotel", "skip", "Paid by us")).Status);

        await app.UntilAsync(trip.Id, trip => trip.Status == "Cancelled");
        trip = await app.DecidedAsync(trip.Id);
        Assert.Equal(["Undone", "UndoFailed", "Failed"], trip.Legs.Select(leg => leg.State));
        Assert.Equal(("operator", "Paid by us"), (trip.Hotel.Skipped!.By, trip.Hotel.Skipped.Note));
        Assert.Equal(HttpStatusCode.Conflict, (await app.DecideAsync(trip.Id, "hotel", "retry")).Status);

        var report = await app.Http.GetFromJsonAsync<JsonElement>(new Uri("api/reconciliation", UriKind.Relative));
        var accepted = Assert.Single(
            report.GetProperty("accepted").EnumerateArray(), accepted => accepted.GetProperty("tripId").GetString() == trip.Id);
        Assert.Equal(
            ("hotel", "Stuck Inn", trip.Hotel.Confirmation),
            (accepted.GetProperty("leg").GetString(), accepted.GetProperty("item").GetString(),
                accepted.GetProperty("confirmation").GetString()));
        Assert.EndsWith("(Paid by us).", accepted.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leg_that_can_not_be_undone_is_retried_by_an_operator_after_a_restart_with_the_fix()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data, ("Saga__UndoAttempts", "2")))
        {
            id = (await app.BookAsync(StuckTrip)).Id;
            Assert.Equal(HttpStatusCode.Accepted, (await app.DecideAsync(id, "hotel", "retry")).Status);
            await app.KillAsync();
        }

        await using var again = await LocalApp.StartAsync(data, Settings.HotelUndoFixed);
        await again.UntilAsync(id, trip => trip.Hotel.State is "UndoFailed" or "Undone");
        await again.DecideAsync(id, "hotel", "retry", "Fixed");
        await again.UntilAsync(id, trip => trip.Status == "Cancelled");
        await again.StopAsync();
        Assert.Empty(await LiveReservations.CountByTripAsync(data));
    }
}
