using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>What <c>GET /api/trips/{id}/history</c> tells of a trip.</summary>
public sealed class HistoryTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly LocalApp app = quick.App;

    [Fact]
    public async Task Each_attempt_is_there_with_its_outcome()
    {
        var trip = await app.BookAsync(new TripRequest { Car = "Flaky Ford", Flight = "Invalid 123" });

        var history = await HistoryAsync(trip.Id);

        Assert.Equal(trip.Id, history.GetProperty("id").GetString());
        var attempts = history.GetProperty("attempts").EnumerateArray().ToList();
        Assert.Equal(
            [
                .. Enumerable.Range(1, 5).Select(attempt => ("BookCar", attempt, "Failed")),
                ("BookCar", 6, "Completed"), ("BookHotel", 1, "Completed"), ("BookFlight", 1, "Failed"),
                ("UndoBookFlight", 1, "Completed"), ("UndoBookHotel", 1, "Completed"), ("UndoBookCar", 1, "Completed"),
            ],
            attempts.Select(Summary).Where(attempt => attempt.Activity.Contains("Book", StringComparison.Ordinal)));
        var refused = attempts.Single(attempt => Summary(attempt).Activity == "BookFlight");
        Assert.Equal("There is no flight 'Invalid 123'.", refused.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("error").GetProperty("stackTrace").ValueKind);
        Assert.Contains(" at ", attempts[0].GetProperty("error").GetProperty("stackTrace").GetString(), StringComparison.Ordinal);
        var booked = attempts.Single(attempt => Summary(attempt).Activity == "BookHotel");
        Assert.Equal(trip.Hotel.Confirmation, booked.GetProperty("result").GetString());
        Assert.All(attempts, attempt => Assert.True(
            attempt.GetProperty("scheduledAt").GetDateTimeOffset() <= attempt.GetProperty("endedAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task The_events_are_all_there_by_the_names_of_Durable_Functions()
    {
        var trip = await app.BookAsync(new TripRequest());

        var events = (await HistoryAsync(trip.Id)).GetProperty("events").EnumerateArray().ToList();

        Assert.Equal(
            "ExecutionStarted",
            Type(events.First(happened => !Type(happened).StartsWith("Orchestrator", StringComparison.Ordinal))));
        Assert.Contains("ExecutionCompleted", events.Select(Type));
        var scheduled = events
            .Where(happened => Type(happened) == "TaskScheduled")
            .Select(happened => happened.GetProperty("eventId").GetInt32());
        var completed = events
            .Where(happened => Type(happened) == "TaskCompleted")
            .Select(happened => happened.GetProperty("outcomeOf").GetInt32());
        Assert.Equal(scheduled.Order(), completed.Order());
        Assert.All(events, happened => Assert.Equal(trip.Id, happened.GetProperty("instanceId").GetString()));
    }

    [Fact]
    public async Task An_attempt_that_goes_on_has_no_outcome_yet()
    {
        var id = await app.StartTripAsync(new TripRequest { Car = "Slow Ford" });
        await app.UntilAsync(id, trip => trip.Car.State == "Booking");

        var attempt = (await HistoryAsync(id)).GetProperty("attempts").EnumerateArray().Last();

        Assert.Equal(("BookCar", 1, null), Summary(attempt));
        Assert.Equal(JsonValueKind.Null, attempt.GetProperty("endedAt").ValueKind);
    }

    [Theory]
    [InlineData("api/trips/unknown-0000000000/history", HttpStatusCode.NotFound)]
    [InlineData("api/trips/@x/history", HttpStatusCode.NotFound)]
    [InlineData("api/trips/unknown-0000000000/history?top=5", HttpStatusCode.BadRequest)]
    public async Task What_is_not_there_is_refused(string path, HttpStatusCode status)
    {
        using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(status, response.StatusCode);
        await response.ProblemAsync();
    }

    private static (string Activity, int Attempt, string? Outcome) Summary(JsonElement attempt) => (
        attempt.GetProperty("activity").GetString()!,
        attempt.GetProperty("attempt").GetInt32(),
        attempt.GetProperty("outcome").GetString());

    private static string Type(JsonElement happened) => happened.GetProperty("type").GetString()!;

    private Task<JsonElement> HistoryAsync(string id) =>
        app.Http.GetFromJsonAsync<JsonElement>(new Uri($"api/trips/{id}/history", UriKind.Relative));
}
