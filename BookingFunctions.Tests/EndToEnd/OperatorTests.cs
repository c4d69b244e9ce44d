using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What an operator sees of all trips.</summary>
/// <param name="quick">The application of the tests that need no restart and no settings of their own.</param>
public sealed class OperatorTests(QuickApp quick) : IClassFixture<QuickApp>
{
    [Fact]
    public async Task The_list_tells_what_has_become_of_each_trip_newest_first()
    {
        var app = quick.App;
        var first = await app.BookAsync(new TripRequest { Name = "Listed Alice" });
        var second = await app.BookAsync(new TripRequest { Name = "Listed Bob", Flight = "Invalid 123" });
        var third = await app.StartTripAsync(new TripRequest { Name = "Listed Alice", Hotel = "Buggy Inn", Attempts = 1000 });

        Assert.Equal(
            [(third, "Booking"), (second.Id, "Cancelled"), (first.Id, "Confirmed")],
            (await ReadAsync(app, "api/trips?pageSize=3")).GetProperty("trips").EnumerateArray()
                .Select(trip => (trip.GetProperty("id").GetString()!, trip.GetProperty("status").GetString()!)));
        Assert.Equal([second.Id], await ListAsync(app, "?status=Cancelled&name=Listed"));
        Assert.Equal([second.Id], await ListAsync(app, "?name=listed%20bob"));
        Assert.Equal([third, first.Id], await ListAsync(app, "?name=Listed%20Alice"));
        Assert.Equal([third], await ListAsync(app, $"?from={Uri.EscapeDataString(second.CreatedAt.AddTicks(1).ToString("O"))}"));
        var page = await ReadAsync(app, "api/trips?pageSize=1");
        Assert.Equal(
            [second.Id], await ListAsync(app, $"?pageSize=1&continuationToken={page.GetProperty("continuationToken").GetString()}"));
        await app.CancelAsync(third);
        await app.DecidedAsync(third);
    }

    [Fact]
    public async Task The_list_is_in_step_after_a_kill()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data))
        {
            id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });
            await app.KillAsync();
        }

        await using var again = await LocalApp.StartAsync(data);
        Assert.Equal([id], await ListAsync(again, ""));
        Assert.Equal("Confirmed", (await again.DecidedAsync(id)).Status);
        Assert.Equal([id], await ListAsync(again, "?status=Confirmed"));
    }

    [Fact]
    public async Task The_history_of_a_trip_that_was_cancelled_later_goes_on_with_its_undos()
    {
        var app = quick.App;
        var trip = await app.BookAsync(new TripRequest());
        using var cancelled = await app.Http.PostAsJsonAsync($"api/trips/{trip.Id}/cancel", new { reason = "ill" });
        Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        using (var stream = await EventStream.OpenAsync(app.Http, trip.Id))
        {
            Assert.Equal("Cancelled", (await stream.ReadToEndAsync())[^1].GetProperty("status").GetString());
        }

        var history = await ReadAsync(app, $"api/trips/{trip.Id}/history");

        Assert.Equal(
            [$"{trip.Id} BookCar", $"{trip.Id} BookHotel", $"{trip.Id} BookFlight",
                $"{trip.Id}~cancel UndoBookFlight", $"{trip.Id}~cancel UndoBookHotel", $"{trip.Id}~cancel UndoBookCar"],
            history.GetProperty("attempts").EnumerateArray()
                .Select(attempt => $"{attempt.GetProperty("instanceId").GetString()} {attempt.GetProperty("activity").GetString()}")
                .Where(attempt => attempt.Contains("Book", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_purge_takes_the_history_and_leaves_the_trip()
    {
        var app = quick.App;
        var trip = await app.BookAsync(new TripRequest { Name = "Purged" });
        var before = (await ReadAsync(app, "api/reconciliation")).GetProperty("checked").GetRawText();
        using var purged = await app.Http.DeleteAsync(new Uri($"runtime/webhooks/durabletask/instances/{trip.Id}", UriKind.Relative));
        purged.EnsureSuccessStatusCode();

        using var history = await app.Http.GetAsync(new Uri($"api/trips/{trip.Id}/history", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Gone, history.StatusCode);
        await history.ProblemAsync();
        Assert.Equal("Confirmed", (await app.GetTripAsync(trip.Id)).Status);
        Assert.Equal([trip.Id], await ListAsync(app, "?status=Confirmed&name=Purged"));
        Assert.Equal(before, (await ReadAsync(app, "api/reconciliation")).GetProperty("checked").GetRawText());
    }

    [Fact]
    public async Task The_retention_takes_histories_and_leaves_trips_and_what_they_hold()
    {
        using var data = new DataFile();
        string confirmed;
        string refused;
        await using (var app = await LocalApp.StartAsync(data))
        {
            confirmed = (await app.BookAsync(new TripRequest())).Id;
            refused = (await app.BookAsync(new TripRequest { Flight = "Invalid 123" })).Id;
            await app.StopAsync();
        }

        await using var again = await LocalApp.StartAsync(data, ("RETENTION", "00:00:00.001"));
        while ((await again.InstanceIdsAsync()).Count > 0)
        {
            await Task.Delay(20);
        }

        Assert.Equal(["Booked", "Booked", "Booked"], (await again.GetTripAsync(confirmed)).Legs.Select(leg => leg.State));
        Assert.Equal("Cancelled", (await again.GetTripAsync(refused)).Status);
        Assert.Equal([refused, confirmed], await ListAsync(again, ""));
        Assert.Equal("3", (await ReadAsync(again, "api/reconciliation")).GetProperty("checked").GetRawText());
        Assert.Equal(HttpStatusCode.Accepted, (await again.CancelAsync(confirmed)).Status);
        await again.UntilAsync(confirmed, trip => trip.Status == "Cancelled");
    }

    [Fact]
    public async Task Decisions_that_are_sent_twice_and_at_once_are_taken_once()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data, ("Saga__UndoAttempts", "1"));
        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
            app.DecideAsync(trip.Id, "hotel", number % 2 == 0 ? "skip" : "retry", $"note {number}")));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        var taken = answers.Count(answer => answer.Status == HttpStatusCode.Accepted);
        Assert.InRange(taken, 1, 10);
        while ((await app.GetTripAsync(trip.Id)).Status != "Cancelled")
        {
            taken += (await app.DecideAsync(trip.Id, "hotel", "skip", "the last one")).Status == HttpStatusCode.Accepted ? 1 : 0;
        }

        var decided = await app.DecidedAsync(trip.Id);
        Assert.Equal("UndoFailed", decided.Hotel.State);

        // Of those that were taken the last one has skipped it, and each other one is one more undo.
        Assert.Equal(taken, (await app.ActivitiesAsync(trip.Id)).Count(run => run == "TaskFailed UndoBookHotel"));
        Assert.Equal(HttpStatusCode.Conflict, (await app.DecideAsync(trip.Id, "hotel", "skip")).Status);
        Assert.Equal(decided.Hotel.Skipped, (await app.GetTripAsync(trip.Id)).Hotel.Skipped);
    }

    [Fact]
    public async Task A_stream_lasts_no_longer_than_the_settings_say()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data, ("Events__MaxDuration", "00:00:00.200"));
        var id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });

        using var stream = await EventStream.OpenAsync(app.Http, id);

        Assert.All(await stream.ReadToEndAsync(), trip => Assert.Equal("Booking", trip.GetProperty("status").GetString()));
    }

    private static Task<JsonElement> ReadAsync(LocalApp app, string path) =>
        app.Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    private static async Task<List<string>> ListAsync(LocalApp app, string query)
    {
        var page = await ReadAsync(app, $"api/trips{query}");
        return [.. page.GetProperty("trips").EnumerateArray().Select(trip => trip.GetProperty("id").GetString()!)];
    }
}
