using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit.Abstractions;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Cancellations by HTTP: one that was answered is never lost.</summary>
/// <param name="quick">The application of the tests that need no restart.</param>
/// <param name="log">Takes the seeds.</param>
public sealed class CancellationTests(QuickApp quick, ITestOutputHelper log) : IClassFixture<QuickApp>
{
    private static readonly TripRequest[] Kinds =
    [
        new(),
        new() { Parallel = true },
        new() { Car = "Flaky Ford" },
        new() { Car = "Flaky Ford", Parallel = true },
        new() { Flight = "Invalid 123" },
        new() { Hotel = "Buggy Inn", Attempts = 1000 },
        new() { Hotel = "Buggy Inn", Attempts = 3, Parallel = true },
    ];

    [Fact]
    public async Task A_confirmed_trip_is_cancelled_once_and_says_why()
    {
        var app = quick.App;
        var trip = await app.BookAsync(new TripRequest());

        var (status, cancelling) = await app.CancelAsync(trip.Id, "The traveler is ill");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.NotEqual("Confirmed", cancelling!.Status);
        trip = await app.UntilAsync(trip.Id, trip => trip.Status == "Cancelled");
        Assert.Equal("Cancelled: The traveler is ill", trip.Reason);
        Assert.Equal(["Undone", "Undone", "Undone"], trip.Legs.Select(leg => leg.State));
        (status, var again) = await app.CancelAsync(trip.Id, "again");
        Assert.Equal((HttpStatusCode.OK, "Cancelled: The traveler is ill"), (status, again!.Reason));
    }

    [Fact]
    public async Task An_unknown_trip_can_not_be_cancelled()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await quick.App.CancelAsync("unknown-0000000000")).Status);
        Assert.DoesNotContain(await quick.App.InstanceIdsAsync(), id => id.StartsWith("unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_whatever_moment_a_trip_is_cancelled_it_holds_nothing_in_the_end_not_even_over_kills()
    {
        var seed = Random.Shared.Next();
        log.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var data = new DataFile();
        var ids = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var app = await LocalApp.StartAsync(data);
            var delays = Enumerable.Range(0, 40).Select(number => (Kinds[number % Kinds.Length], random.Next(60))).ToList();
            ids.AddRange(await Task.WhenAll(delays.Select(async trip =>
            {
                var id = await app.StartTripAsync(trip.Item1);
                await Task.Delay(trip.Item2);
                var (status, _) = await app.CancelAsync(id);
                Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{status}");
                return id;
            })));
            await Task.Delay(random.Next(50));
            await app.KillAsync();
        }

        await using (var app = await LocalApp.StartAsync(data))
        {
            foreach (var id in ids)
            {
                await app.UntilAsync(id, trip => trip is { Status: "Cancelled", Notification.State: not "Pending" });
            }

            await app.StopAsync();
        }

        Assert.Empty(await LiveReservations.CountByTripAsync(data));
    }

    [Fact]
    public async Task A_trip_is_given_up_at_its_deadline_over_a_restart()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data))
        {
            id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000, DeadlineSeconds = 2 });
            await app.UntilAsync(id, trip => trip.Hotel.Attempt > 0);
            await app.KillAsync();
        }

        await using var again = await LocalApp.StartAsync(data);
        var trip = await again.DecidedAsync(id);

        Assert.Equal(("Cancelled", "Deadline: the trip was not booked within 2 s."), (trip.Status, trip.Reason));
        Assert.Equal(["Undone", "Undone", "Pending"], trip.Legs.Select(leg => leg.State));
    }

    [Fact]
    public async Task A_terminated_and_purged_trip_needs_attention_and_is_undone_by_a_cancellation()
    {
        var app = quick.App;
        var id = await app.StartTripAsync(new TripRequest { Name = "Terminated", Hotel = "Buggy Inn", Attempts = 1000 });
        await app.UntilAsync(id, trip => trip.Hotel.State == "Retrying");

        await app.ManageAsync(HttpMethod.Post, $"{id}/suspend?reason=lunch");
        Assert.StartsWith("Suspended: lunch", (await app.UntilAsync(id, trip => trip.Reason is not null)).Reason, StringComparison.Ordinal);
        await app.ManageAsync(HttpMethod.Post, $"{id}/terminate?reason=by%20hand");
        while (await app.IsRunningAsync(id))
        {
            await Task.Delay(20);
        }

        // The list sees it first, by each of its filters.
        Assert.Equal([(id, "Terminated: by hand")], await ListAsync(app, "?name=Terminated&status=NeedsAttention"));
        Assert.Empty(await ListAsync(app, "?name=Terminated&status=Booking"));
        Assert.Equal([(id, "Terminated: by hand")], await ListAsync(app, "?name=Terminated"));
        Assert.Equal(("NeedsAttention", "Terminated: by hand"), await StatusAsync(app, id));
        await app.ManageAsync(HttpMethod.Delete, id);
        Assert.Equal(("NeedsAttention", "Terminated: by hand"), await StatusAsync(app, id));
        Assert.Equal("Booked", (await app.GetTripAsync(id)).Car.State);
        Assert.Equal([(id, "Terminated: by hand")], await ListAsync(app, "?name=Terminated&status=NeedsAttention"));

        Assert.Equal(HttpStatusCode.Conflict, (await app.DecideAsync(id, "hotel", "skip")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await app.CancelAsync(id)).Status);
        await app.UntilAsync(id, trip => trip is { Status: "Cancelled", Notification.State: "Sent" });
    }

    [Fact]
    public async Task A_trip_that_was_started_past_the_API_is_listed_read_and_cancelled_as_any_other()
    {
        var app = quick.App;
        const string Plan =
            """
            {"trip":{"name":"Bob Smith","car":"Ford 150","hotel":"Buggy Inn","flight":"Alaska Airlines 123"},
             "booking":{"attempts":1000,"firstInterval":"00:00:00.020","backoffCoefficient":1,"maxInterval":"00:00:00.020"},
             "undo":{"attempts":3,"firstInterval":"00:00:00.020","backoffCoefficient":1,"maxInterval":"00:00:00.020"}}
            """;
        foreach (var id in new[] { "bob-1", "Bob & Söhne" })
        {
            await StartPastTheApiAsync(app, id, Plan);
            await app.UntilAsync(id, trip => trip.Hotel.State == "Retrying");
            Assert.Equal((id, null), Assert.Single(await ListAsync(app, "?name=bob&status=Booking")));

            await app.ManageAsync(HttpMethod.Post, $"{Uri.EscapeDataString(id)}/terminate");
            Assert.Equal((id, "Terminated."), Assert.Single(await UntilListedAsync(app, "?name=bob&status=NeedsAttention")));
            await app.ManageAsync(HttpMethod.Delete, Uri.EscapeDataString(id));
            Assert.Equal(HttpStatusCode.Accepted, (await app.CancelAsync(id)).Status);
            await app.UntilAsync(id, trip => trip is { Status: "Cancelled", Notification.State: "Sent" });
        }

        await StartPastTheApiAsync(app, "nothing-1", """{"trip":{"name":"Bob"}}""");
        await app.UntilAsync("nothing-1", trip => trip.Status == "NeedsAttention");
        Assert.Equal(HttpStatusCode.Accepted, (await app.CancelAsync("nothing-1")).Status);
        await app.UntilAsync("nothing-1", trip => trip.Status == "Cancelled");
    }

    private static async Task StartPastTheApiAsync(LocalApp app, string id, string input)
    {
        using var body = new StringContent(input, Encoding.UTF8, "application/json");
        var path = $"runtime/webhooks/durabletask/orchestrators/BookTrip/{Uri.EscapeDataString(id)}";
        using var response = await app.Http.PostAsync(new Uri(path, UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task<(string Status, string? Reason)> StatusAsync(LocalApp app, string id)
    {
        var trip = await app.GetTripAsync(id);
        return (trip.Status, trip.Reason);
    }

    private static async Task<IReadOnlyList<(string Id, string? Reason)>> UntilListedAsync(LocalApp app, string query)
    {
        while (true)
        {
            if (await ListAsync(app, query) is { Count: > 0 } trips)
            {
                return trips;
            }

            await Task.Delay(20);
        }
    }

    private static async Task<IReadOnlyList<(string Id, string? Reason)>> ListAsync(LocalApp app, string query)
    {
        var page = await app.Http.GetFromJsonAsync<JsonElement>(new Uri($"api/trips{query}", UriKind.Relative));
        return
        [
            .. page.GetProperty("trips").EnumerateArray()
                .Select(trip => (trip.GetProperty("id").GetString()!, trip.GetProperty("reason").GetString())),
        ];
    }
}
