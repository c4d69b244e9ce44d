using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunit.Abstractions;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>
/// The promise of the whole: whatever moment the process is killed at, every trip ends completely booked or not at all,
/// and no trip that was accepted is lost.
/// </summary>
public sealed class CrashTests(ITestOutputHelper log)
{
    private const int Ends = 6;
    private const int Travelers = 8;

    // The name says how the trip must end; "Either" where a crash may decide it: an attempt that it cuts off counts at
    // the provider, but not in the trip.
    private static readonly TripRequest[] Kinds =
    [
        new() { Name = "Confirmed" },
        new() { Name = "Cancelled", Flight = "Invalid 123" },
        new() { Name = "Confirmed", Car = "Flaky Ford" },
        new() { Name = "Either", Car = "Flaky Ford", Attempts = 3 },
        new() { Name = "Cancelled", Hotel = "Buggy Inn", Attempts = 2 },
        new() { Name = "Confirmed" },
    ];

    private static readonly TripRequest[] SlowKinds =
    [
        new() { Name = "Confirmed", Car = "Slow Ford" },
        new() { Name = "Cancelled", Car = "Slow Ford", Flight = "Invalid 123" },
    ];

    [Fact]
    public async Task Killed_or_stopped_at_any_moment_every_trip_ends_whole_or_not_at_all_and_no_accepted_trip_is_lost()
    {
        var seed = Random.Shared.Next();
        log.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        using var data = new DataFile();
        var accepted = new ConcurrentBag<string>();
        var decided = new ConcurrentDictionary<string, string>();
        for (var times = 0; times < Ends; times++)
        {
            await using (var doomed = await LocalApp.StartAsync(data))
            {
                using var end = new CancellationTokenSource();
                var enough = accepted.Count + random.Next(20, 80);
                var travelers = Task.WhenAll(Enumerable.Range(0, Travelers)
                    .Select(_ => TravelAsync(doomed, new Random(random.Next()), accepted, decided, end.Token)).ToList());
                while (accepted.Count < enough && !travelers.IsCompleted)
                {
                    await Task.Delay(1);
                }

                await Task.Delay(random.Next(30));
                await (random.Next(4) == 0 ? doomed.StopAsync() : doomed.KillAsync());
                await end.CancelAsync();
                await travelers;
            }

            if (random.Next(2) == 0)
            {
                // In the middle of the recovery from the kill before.
                await LocalApp.KillWhileStartingAsync(data, TimeSpan.FromMilliseconds(random.Next(1000)));
            }
        }

        Dictionary<string, TripJson> trips;
        await using (var app = await LocalApp.StartAsync(data))
        {
            // Also those whose start was never answered.
            var ids = await app.InstanceIdsAsync();
            Assert.Empty(accepted.Except(ids));
            trips = [];
            foreach (var id in ids)
            {
                trips.Add(id, await app.DecidedAsync(id));
            }

            await app.StopAsync();
        }

        log.WriteLine($"{accepted.Count} accepted, {trips.Count} trips, {decided.Count} seen decided before a kill");
        Assert.All(decided, seen => Assert.Equal(seen.Value, trips[seen.Key].Status));
        Assert.All(trips.Values, trip => Assert.True(
            trip.Status == trip.Name || (trip.Name == "Either" && trip.Status is "Confirmed" or "Cancelled"),
            $"{trip.Id} should be {trip.Name} and is {JsonSerializer.Serialize(trip)}"));
        var live = await LiveReservations.CountByTripAsync(data);
        Assert.All(trips.Values, trip => Assert.Equal(
            (trip.Id, trip.Status == "Confirmed" ? 3 : 0), (trip.Id, live.GetValueOrDefault(trip.Id))));
        Assert.Empty(live.Keys.Except(trips.Keys));
    }

    // Starts trip after trip until the process is gone.
    private static async Task TravelAsync(
        LocalApp app, Random random, ConcurrentBag<string> accepted, ConcurrentDictionary<string, string> decided, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var kind = random.Next(40) == 0 ? SlowKinds[random.Next(SlowKinds.Length)] : Kinds[random.Next(Kinds.Length)];
            try
            {
                using var response = await app.PostTripAsync(kind, random.Next(4) == 0 ? 1 : null);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    // It is being stopped.
                    return;
                }

                Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK, $"{response.StatusCode}");
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(end);
                var id = answer.GetProperty("id").GetString()!;
                accepted.Add(id);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    decided[id] = answer.GetProperty("status").GetString()!;
                }
            }
            catch (Exception exception) when (
                exception is HttpRequestException or IOException or SocketException or JsonException or OperationCanceledException)
            {
                // Killed before the whole answer was here: nothing was acknowledged.
                return;
            }
        }
    }
}
