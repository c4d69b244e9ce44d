using System.Net;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The changes of a trip, as <c>GET /api/trips/{id}/events</c> streams them.</summary>
public sealed class EventStreamTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly LocalApp app = quick.App;

    [Fact]
    public async Task A_decided_trip_is_one_event_and_the_end()
    {
        var trip = await app.BookAsync(new TripRequest());

        using var stream = await EventStream.OpenAsync(app.Http, trip.Id);
        var events = await stream.ReadToEndAsync();

        var only = Assert.Single(events);
        Assert.Equal("Confirmed", only.GetProperty("status").GetString());
        using var read = await app.Http.GetAsync(new Uri($"api/trips/{trip.Id}", UriKind.Relative));
        Assert.Equal(await read.Content.ReadAsStringAsync(), only.GetRawText());
    }

    [Fact]
    public async Task A_trip_is_seen_as_it_is_then_each_change_until_it_is_decided()
    {
        var id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });

        using var stream = await EventStream.OpenAsync(app.Http, id);
        var events = await stream.ReadToEndAsync();

        Assert.Equal("Booking", events[0].GetProperty("status").GetString());
        Assert.Equal("Confirmed", events[^1].GetProperty("status").GetString());
        Assert.All(events.SkipLast(1), seen => Assert.Equal("Booking", seen.GetProperty("status").GetString()));
        Assert.Contains(events, seen => LegStates(seen) is ["Booked", "Booking", "Pending"]);
        Assert.Contains(events, seen => LegStates(seen) is ["Booked", "Booked", "Booking"]);
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.NotEqual(Content(pair.First), Content(pair.Second)));
    }

    [Fact]
    public async Task A_rollback_is_seen_leg_by_leg()
    {
        var id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford", Flight = "Invalid 123" });

        using var stream = await EventStream.OpenAsync(app.Http, id);
        var events = await stream.ReadToEndAsync();

        Assert.Contains(events, seen => LegStates(seen) is ["Booked", "Undoing", "Failed"]);
        Assert.Contains(events, seen => LegStates(seen) is ["Undoing", "Undone", "Failed"]);
        Assert.Equal("Cancelled", events[^1].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Many_watch_the_same_trip()
    {
        var id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });

        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var stream = await EventStream.OpenAsync(app.Http, id);
            return (await stream.ReadToEndAsync())[^1].GetProperty("status").GetString();
        }));

        Assert.All(ends, end => Assert.Equal("Confirmed", end));
    }

    [Fact]
    public async Task A_browser_that_comes_back_after_the_end_is_asked_to_stay_away()
    {
        var trip = await app.BookAsync(new TripRequest());
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/trips/{trip.Id}/events");
        request.Headers.Add("Last-Event-ID", "Confirmed");

        using var response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task The_stop_of_the_host_ends_the_stream()
    {
        using var data = new DataFile();
        await using var own = await LocalApp.StartAsync(data);
        var id = await own.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        using var stream = await EventStream.OpenAsync(own.Http, id);
        await stream.ReadAsync();

        await own.StopAsync();

        var events = await stream.ReadToEndAsync();
        Assert.All(events, seen => Assert.Equal("Booking", seen.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_client_that_leaves_holds_up_nothing()
    {
        using var data = new DataFile();
        await using var own = await LocalApp.StartAsync(data);
        var id = await own.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        for (var i = 0; i < 20; i++)
        {
            using var stream = await EventStream.OpenAsync(own.Http, id);
            await stream.ReadAsync();
        }

        Assert.Equal("Confirmed", (await own.BookAsync(new TripRequest())).Status);
        await own.StopAsync();
        Assert.DoesNotContain("GetTripEvents", own.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_the_headers_only_gets_them()
    {
        var id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Head, $"api/trips/{id}/events");

        using var response = await app.Http.SendAsync(request);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("api/trips/unknown-0000000000/events", HttpStatusCode.NotFound)]
    [InlineData("api/trips/unknown-0000000000/events?interval=5", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_is_refused(string path, HttpStatusCode status)
    {
        using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        await response.ProblemAsync();
    }

    private static List<string?> LegStates(JsonElement trip) =>
        [.. trip.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("state").GetString())];

    private static string Content(JsonElement trip) =>
        string.Join(';', trip.EnumerateObject().Where(field => field.Name != "lastUpdatedAt").Select(field => field.Value.GetRawText()));
}
