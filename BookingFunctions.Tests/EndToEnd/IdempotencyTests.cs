using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using BookingFunctions.Local.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Trips that are asked for more than once, and those whose start a crash has prevented.</summary>
/// <param name="quick">The application of the tests that need no restart.</param>
public sealed class IdempotencyTests(QuickApp quick) : IClassFixture<QuickApp>
{
    private static readonly TripOrder Order = new(new("Alice Jones", "Ford 150", "Hilton 123", "Alaska Airlines 123"), null);

    [Fact]
    public async Task Fifty_requests_that_race_with_one_key_ask_for_one_trip()
    {
        var app = quick.App;

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(app, new TripRequest { Name = "Racer" }, "order-1")));

        var id = Assert.Single(ids.Distinct());
        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
        Assert.Equal([id], await InstancesAsync(app, "racer"));
    }

    [Fact]
    public async Task Fifty_requests_that_race_with_one_key_and_two_orders_ask_for_one_of_them()
    {
        var app = quick.App;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            using var response = await app.PostTripAsync(
                new TripRequest { Name = number % 2 == 0 ? "Rival One" : "Rival Two" }, key: "order-2");
            return response.StatusCode;
        }));

        Assert.Equal(25, answers.Count(status => status == HttpStatusCode.Accepted));
        Assert.Equal(25, answers.Count(status => status == HttpStatusCode.UnprocessableEntity));
        var id = Assert.Single(await InstancesAsync(app, "rival"));
        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
    }

    [Fact]
    public async Task Requests_that_race_with_one_key_while_the_application_is_killed_ask_for_one_trip()
    {
        using var data = new DataFile();
        var ids = new ConcurrentQueue<string>();
        for (var round = 0; round < 3; round++)
        {
            await using var app = await LocalApp.StartAsync(data);
            var requests = Enumerable.Range(0, 20).Select(async _ =>
            {
                try
                {
                    ids.Enqueue(await StartAsync(app, new TripRequest(), "order-1"));
                }
                catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
                {
                    // Killed: whether the trip was asked for is not known.
                }
            }).ToList();
            await Task.Delay(round * 7);
            await app.KillAsync();
            await Task.WhenAll(requests);
        }

        await using var last = await LocalApp.StartAsync(data);
        ids.Enqueue(await StartAsync(last, new TripRequest(), "order-1"));

        var id = Assert.Single(ids.Distinct());
        Assert.Equal("Confirmed", (await last.DecidedAsync(id)).Status);
        Assert.Equal([id], await last.InstanceIdsAsync());
    }

    [Fact]
    public async Task A_key_stands_for_its_trip_after_the_end_after_a_restart_and_after_a_purge()
    {
        using var data = new DataFile();
        string id;
        await using (var app = await LocalApp.StartAsync(data))
        {
            id = await StartAsync(app, new TripRequest(), "order 1");
            await app.DecidedAsync(id);
            await app.KillAsync();
        }

        await using var again = await LocalApp.StartAsync(data);
        Assert.Equal(id, await StartAsync(again, new TripRequest(), "order 1"));
        await again.ManageAsync(HttpMethod.Delete, id);
        Assert.Equal(id, await StartAsync(again, new TripRequest(), "order 1"));
        Assert.NotEqual(id, await StartAsync(again, new TripRequest(), "Order 1"));

        using var waited = await again.PostTripAsync(new TripRequest(), waitSeconds: 10, key: "order 1");
        Assert.Equal(HttpStatusCode.OK, waited.StatusCode);
        Assert.Equal("Confirmed", (await again.GetTripAsync(id)).Status);
    }

    [Fact]
    public async Task A_trip_whose_start_a_crash_has_prevented_is_started_when_the_application_is_and_is_the_one_that_its_key_asks_for()
    {
        using var data = new DataFile();
        await LeaveUnstartedAsync(data, "alice-jones-0000000001", key: null);
        await LeaveUnstartedAsync(data, "alice-jones-0000000002", "order-1");

        await using var app = await LocalApp.StartAsync(data);
        var id = await StartAsync(app, new TripRequest(), "order-1");

        Assert.Equal("alice-jones-0000000002", id);
        Assert.Equal("Confirmed", (await app.DecidedAsync(id)).Status);
        Assert.Equal("Confirmed", (await app.UntilAsync("alice-jones-0000000001", trip => trip.Notification?.State == "Sent")).Status);
        Assert.Equal(2, (await app.InstanceIdsAsync()).Count);
    }

    private static async Task<IEnumerable<string>> InstancesAsync(LocalApp app, string prefix) =>
        (await app.InstanceIdsAsync()).Where(id => id.StartsWith(prefix, StringComparison.Ordinal));

    // What is in the file when the process is killed right after the row was written.
    private static async Task LeaveUnstartedAsync(DataFile data, string id, string? key)
    {
        await using var database = data.Open();
        var directory = new SqliteTripDirectory(database);
        var plan = new TripPlan(Order.Trip, new SagaOptions().Booking(), new SagaOptions().Undo());
        var now = DateTimeOffset.UnixEpoch;
        if (key is not null)
        {
            await directory.ClaimAsync(KeyClaim.Hash(key), new KeyClaim(id, new SagaOptions().Attempts), CancellationToken.None);
        }

        await directory.AddAsync(
            new TripRow { Id = id, Name = "Alice Jones", CreatedAt = now, UpdatedAt = now, Plan = JsonSerializer.Serialize(plan) },
            CancellationToken.None);
    }

    private static async Task<string> StartAsync(LocalApp app, TripRequest trip, string key)
    {
        using var response = await app.PostTripAsync(trip, key: key);

        // Why a race was lost is in the host's log only.
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}, and the host wrote:\n{app.Output}");
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
