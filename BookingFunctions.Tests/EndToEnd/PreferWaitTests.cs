using System.Net;
using System.Net.Http.Json;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Starts whose answer waits for the decision.</summary>
public sealed class PreferWaitTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private readonly LocalApp app = quick.App;

    [Theory]
    [InlineData("Alaska Airlines 123", "Confirmed")]
    [InlineData("Invalid 123", "Cancelled")]
    public async Task A_trip_that_is_decided_in_time_is_answered_at_once(string flight, string status)
    {
        using var response = await app.PostTripAsync(new TripRequest { Flight = flight }, waitSeconds: 60);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answered = (await response.Content.ReadFromJsonAsync<TripJson>())!;
        Assert.Equal(status, answered.Status);

        // The instance ends after its trip is decided, and notes the time of the notification itself.
        var trip = await app.DecidedAsync(answered.Id);
        Assert.Equal(("Sent", "Sent"), (answered.Notification!.State, trip.Notification!.State));
        Assert.Equivalent(
            answered with { LastUpdatedAt = trip.LastUpdatedAt, Notification = trip.Notification }, trip, strict: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_trip_that_is_not_decided_in_time_is_accepted(int seconds)
    {
        var undecided = new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 };

        using var response = await app.PostTripAsync(undecided, seconds);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.NotNull(response.Headers.Location);
        Assert.NotNull(response.Headers.RetryAfter);
        using var trip = await app.Http.GetAsync(response.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, trip.StatusCode);
    }

    [Theory]
    [InlineData("return=minimal, wait=60")]
    [InlineData("respond-async; x=1, WAIT=60; y=\"a, b\"")]
    public async Task The_wait_is_found_among_other_preferences(string prefer)
    {
        using var response = await PostAsync(prefer);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("respond-async")]
    [InlineData("wait=soon")]
    [InlineData("wait=-1")]
    [InlineData("wait")]
    public async Task A_preference_that_is_not_understood_is_ignored(string prefer)
    {
        using var response = await PostAsync(prefer);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string prefer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/trips");
        request.Content = JsonContent.Create(new TripRequest { Attempts = 1 });
        request.Headers.TryAddWithoutValidation("Prefer", prefer);
        return await app.Http.SendAsync(request);
    }
}
