using System.Net;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>The whole saga through the local host, on a backend.</summary>
/// <param name="app">The application, which gives up an undo soon.</param>
public abstract class SagaTests(LocalApp app)
{
    /// <summary>Trips that are confirmed, whatever they go through.</summary>
    protected async Task BookAsync()
    {
        var trips = await Task.WhenAll(
            app.BookAsync(new TripRequest()),
            app.BookAsync(new TripRequest { Parallel = true }),
            app.BookAsync(new TripRequest { Car = "Slow Ford" }),
            app.BookAsync(new TripRequest { Car = "Flaky Ford" }));

        Assert.All(trips, trip => Assert.Equal(
            ("Confirmed", "Booked", "Booked", "Booked", "Sent"),
            (trip.Status, trip.Car.State, trip.Hotel.State, trip.Flight.State, trip.Notification?.State)));

        // Six, unless a call took too long or an activity ran twice.
        Assert.InRange(trips[3].Car.Attempt, 2, 10);
    }

    /// <summary>Trips that can't be booked hold nothing in the end.</summary>
    protected async Task RollBackAsync()
    {
        var trips = await Task.WhenAll(
            app.BookAsync(new TripRequest { Flight = "Invalid 123" }),
            app.BookAsync(new TripRequest { Flight = "Invalid 123", Parallel = true }),
            app.BookAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 2 }),
            app.BookAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000, DeadlineSeconds = 2 }));

        Assert.All(trips, trip => Assert.Equal(("Cancelled", "Undone"), (trip.Status, trip.Car.State)));
        Assert.All(trips, trip => Assert.DoesNotContain("Booked", trip.Legs.Select(leg => leg.State)));
        Assert.True(trips[3].LastUpdatedAt - trips[3].CreatedAt >= TimeSpan.FromSeconds(2), "The deadline came early.");
    }

    /// <summary>A trip is cancelled while it is booked, and one after.</summary>
    protected async Task CancelAsync()
    {
        var confirmed = await app.BookAsync(new TripRequest());
        var booking = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        await app.UntilAsync(booking, trip => trip.Hotel.Attempt > 1);
        foreach (var id in new[] { confirmed.Id, booking })
        {
            Assert.Equal(HttpStatusCode.Accepted, (await app.CancelAsync(id)).Status);
        }

        foreach (var id in new[] { confirmed.Id, booking })
        {
            var trip = await app.UntilAsync(id, trip => trip.Status == "Cancelled");
            Assert.DoesNotContain("Booked", trip.Legs.Select(leg => leg.State));
        }
    }

    /// <summary>An operator retries a leg that can't be undone, and skips it.</summary>
    protected async Task DecideAsync()
    {
        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        Assert.Equal(("NeedsAttention", "Undone", "UndoFailed"), (trip.Status, trip.Car.State, trip.Hotel.State));
        var failures = (await app.ActivitiesAsync(trip.Id)).Count(run => run == "TaskFailed UndoBookHotel");

        Assert.Equal(HttpStatusCode.Accepted, (await app.DecideAsync(trip.Id, "hotel", "retry")).Status);
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        while ((await app.ActivitiesAsync(trip.Id)).Count(run => run == "TaskFailed UndoBookHotel") < failures + 2)
        {
            await Task.Delay(50, patience.Token);
        }

        await app.UntilAsync(trip.Id, now => now.Status == "NeedsAttention" && now.Hotel.State == "UndoFailed");
        Assert.Equal(HttpStatusCode.Accepted, (await app.DecideAsync(trip.Id, "hotel", "skip", "paid for")).Status);
        var decided = await app.UntilAsync(trip.Id, now => now.Status == "Cancelled");
        Assert.Equal(("UndoFailed", "paid for"), (decided.Hotel.State, decided.Hotel.Skipped?.Note));
    }
}
