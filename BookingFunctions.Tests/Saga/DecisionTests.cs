using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Saga;

/// <summary>How a trip's directory row comes to its decision, and what the notification of it changes.</summary>
public sealed class DecisionTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [Fact]
    public async Task A_confirmed_trip_is_written_to_the_directory_by_the_step_that_notifies()
    {
        await using var trips = await TripEngine.StartAsync();

        await trips.BookAsync();
        await trips.CompletedAsync();

        Assert.Equal(TripState.Confirmed, (await trips.RowAsync()).Status);
        Assert.Empty(trips.Records);
    }

    [Fact]
    public async Task A_trip_that_is_undone_at_once_is_written_to_the_directory_only_as_cancelled()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));

        await trips.BookAsync();
        await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, (await trips.RowAsync()).Status);
        Assert.Empty(trips.Records);
    }

    [Fact]
    public async Task A_trip_whose_undo_has_to_be_retried_is_rolled_back_in_the_directory_meanwhile()
    {
        await using var trips = await TripEngine.StartAsync();
        using var second = new SemaphoreSlim(0);
        trips.Fails("BookHotel", () => new SoldOutException(Leg.Hotel, "Inn"));
        trips.On("UndoBookHotel", run =>
        {
            if (run == 1)
            {
                throw new ProviderUnavailableException("busy");
            }

            second.Wait();
        });

        await trips.StartTripAsync();
        await TestHub.UntilAsync(async () => (await trips.RowAsync()).Status == TripState.RollingBack);
        second.Release();
        await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, (await trips.RowAsync()).Status);
        Assert.Single(trips.Records);
    }

    [Fact]
    public async Task A_confirmed_trip_that_is_cancelled_is_rolled_back_in_the_directory_before_its_first_undo()
    {
        await using var trips = await TripEngine.StartAsync();
        await trips.BookAsync();
        await trips.CompletedAsync();
        using var undo = new SemaphoreSlim(0);
        trips.On("UndoBookFlight", _ => undo.Wait());

        await trips.CancelAsync();
        await TestHub.UntilAsync(async () => (await trips.RowAsync()).Status == TripState.RollingBack);
        undo.Release();

        await trips.CancelledAsync();
    }

    [Fact]
    public async Task A_decision_is_in_the_directory_while_its_notification_is_retried_and_the_failure_after_it()
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1), clock);
        trips.Fails("Notify Confirmed", () => new NotificationFailedException("busy"));

        await trips.StartTripAsync();
        await TestHub.UntilAsync(async () => (await trips.RowAsync()).Status == TripState.Confirmed);
        var trip = await trips.UntilAsync(trip => Advance() && trip.Notification?.State == NotificationState.Failed);
        await trips.CompletedAsync();

        Assert.Equal(3, trips.Runs.Count(run => run == "Notify Confirmed"));
        Assert.Equal(TripState.Confirmed, trip.Status);
        var outcome = JsonSerializer.Deserialize<TripStatus>((await trips.RowAsync()).Outcome!)!;
        Assert.EndsWith("busy", outcome.Notification!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_notification_is_not_sent_again()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("Notify Confirmed", () => new NotificationRefusedException("no such address"));

        await trips.BookAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Confirmed, NotificationState.Failed), (trip.Status, trip.Notification!.State));
        Assert.Single(trips.Runs, run => run == "Notify Confirmed");
    }

    [Fact]
    public async Task A_decision_that_can_not_be_written_is_tried_more_often_than_a_notification()
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.On("Notify Confirmed", run =>
        {
            if (run <= 10)
            {
                throw new IOException("disk full");
            }
        });

        await trips.StartTripAsync();
        var trip = await trips.UntilAsync(trip => Advance() && trip.Notification is { State: not NotificationState.Pending });

        Assert.Equal((TripState.Confirmed, NotificationState.Sent), (trip.Status, trip.Notification!.State));
        Assert.Equal(11, trips.Runs.Count(run => run == "Notify Confirmed"));
    }

    // Timers are armed at any time: each look lets those pass that are.
    private bool Advance()
    {
        clock.Advance(TimeSpan.FromMinutes(10));
        return true;
    }
}
