using System.Net;
using Xunit.Abstractions;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>Cancellations by HTTP: one that was answered is never lost.</summary>
public sealed class CancellationTests(ITestOutputHelper log)
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
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        var trip = await app.BookAsync(new TripRequest());

        var (status, cancelling) = await app.CancelAsync(trip.Id, "The traveler is ill");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.NotEqual("Confirmed", cancelling!.Status);
        trip = await app.UntilAsync(trip.Id, trip => trip.Status == "Cancelled");
        Assert.Equal("Cancelled: The traveler is ill", trip.Reason);
        Assert.Equal(["Undone", "Undone", "Undone"], trip.Legs.Select(leg => leg.State));
        (status, var again) = await app.CancelAsync(trip.Id, "again");
        Assert.Equal((HttpStatusCode.OK, "Cancelled: The traveler is ill"), (status, again!.Reason));
        await app.StopAsync();
        Assert.Empty(await LiveReservations.CountByTripAsync(data));
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
            await app.UntilAsync(id, trip => trip.Hotel.State == "Retrying");
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
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);
        var id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        await app.UntilAsync(id, trip => trip.Hotel.State == "Retrying");

        await app.ManageAsync(HttpMethod.Post, $"{id}/suspend?reason=lunch");
        Assert.StartsWith("Suspended: lunch", (await app.UntilAsync(id, trip => trip.Reason is not null)).Reason, StringComparison.Ordinal);
        await app.ManageAsync(HttpMethod.Post, $"{id}/terminate?reason=by%20hand");
        Assert.Equal("Terminated: by hand", (await app.UntilAsync(id, trip => trip.Status == "NeedsAttention")).Reason);
        await app.ManageAsync(HttpMethod.Delete, id);
        Assert.Equal("NeedsAttention", (await app.GetTripAsync(id)).Status);

        Assert.Equal(HttpStatusCode.Conflict, (await app.DecideAsync(id, "hotel", "skip")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await app.CancelAsync(id)).Status);
        await app.UntilAsync(id, trip => trip is { Status: "Cancelled", Notification.State: "Sent" });
        await app.StopAsync();
        Assert.Empty(await LiveReservations.CountByTripAsync(data));
    }

    [Fact]
    public async Task An_unknown_trip_can_not_be_cancelled()
    {
        using var data = new DataFile();
        await using var app = await LocalApp.StartAsync(data);

        Assert.Equal(HttpStatusCode.NotFound, (await app.CancelAsync("nobody-0000000000")).Status);
        Assert.Empty(await app.InstanceIdsAsync());
    }
}
