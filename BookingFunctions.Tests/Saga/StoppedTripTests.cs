using BookingFunctions.Tests.Backends;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Saga;

/// <summary>Trips that are given up before they are decided: by their deadline, or by the event that cancels them.</summary>
public sealed class StoppedTripTests
{
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deadline_gives_up_a_leg_that_waits_for_its_next_try_and_undoes_all(bool parallel)
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1), clock);
        trips.Fails("BookHotel", () => new ProviderUnavailableException("busy"));

        await trips.StartTripAsync(parallel, deadlineSeconds: 1);
        await trips.UntilAsync(trip => trip.Legs[1].State == LegState.Retrying && trip.Legs.All(leg => leg.State != LegState.Booking));
        clock.Advance(TimeSpan.FromSeconds(1));
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Cancelled, "Deadline: the trip was not booked within 1 s."), (trip.Status, trip.Reason));
        Assert.Equal([LegState.Undone, LegState.Undone, parallel ? LegState.Undone : LegState.Pending], trip.Legs.Select(leg => leg.State));
        Assert.Equal("busy", trip.Legs[1].Error!.Message);
        Assert.Single(trips.Runs, run => run == "BookHotel");
    }

    [Fact]
    public async Task A_deadline_whose_timer_fires_early_waits_for_a_second_one_that_is_a_whole_second_later()
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1), clock, timersAdvance: TimeSpan.FromSeconds(0.5));
        trips.Fails("BookHotel", () => new ProviderUnavailableException("busy"));

        await trips.StartTripAsync(deadlineSeconds: 2);
        await trips.UntilAsync(trip => trip.Legs[1].State == LegState.Retrying);
        clock.Advance(TimeSpan.FromSeconds(1.5));
        await TestHub.UntilAsync(async () => (await TimersAsync(trips)).Count == 3);
        Assert.DoesNotContain("UndoBookHotel", trips.Runs);
        clock.Advance(TimeSpan.FromSeconds(1));
        var trip = await trips.CompletedAsync();

        var timers = await TimersAsync(trips);
        Assert.Equal("Deadline: the trip was not booked within 2 s.", trip.Reason);
        Assert.Equal(TimeSpan.FromSeconds(1), timers[2] - timers[0]);
        Assert.Equal(3, timers.Count);
    }

    [Fact]
    public async Task A_deadline_does_not_count_once_the_trip_is_confirmed()
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.On("Notify Confirmed", _ => clock.Advance(TimeSpan.FromSeconds(2)));

        await trips.StartTripAsync(deadlineSeconds: 1);
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Confirmed, null), (trip.Status, trip.Reason));
        Assert.DoesNotContain(trips.Runs, run => run.StartsWith("Undo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deadline_does_not_count_while_the_trip_is_rolled_back()
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.On("UndoBookHotel", _ => clock.Advance(TimeSpan.FromSeconds(2)));

        await trips.StartTripAsync(deadlineSeconds: 1);
        var trip = await trips.CompletedAsync();

        Assert.StartsWith("BookingFunctions.Travel.InvalidFlightException: ", trip.Reason, StringComparison.Ordinal);
        Assert.Single(trips.Runs, run => run == "UndoBookHotel");
    }

    [Fact]
    public async Task A_cancellation_undoes_the_leg_in_flight_and_those_before_it_at_once()
    {
        await using var trips = await TripEngine.StartAsync();
        using var hotelIsUndone = new SemaphoreSlim(0);
        trips.On("BookHotel", _ => hotelIsUndone.Wait(TimeSpan.FromSeconds(60)));
        trips.On("UndoBookHotel", _ => hotelIsUndone.Release());

        await trips.StartTripAsync();
        await trips.UntilAsync(trip => trip.Legs[1].State == LegState.Booking);
        await trips.RaiseCancelAsync(new { reason = "ill" });
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Cancelled, "Cancelled: ill"), (trip.Status, trip.Reason));
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Pending], trip.Legs.Select(leg => leg.State));
        Assert.DoesNotContain("BookFlight", trips.Runs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no object")]
    public async Task A_cancellation_with_anything_in_it_is_one(string? payload)
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1));
        trips.Fails("BookCar", () => new ProviderUnavailableException("busy"));

        await trips.StartTripAsync();
        await trips.UntilAsync(trip => trip.Legs[0].State == LegState.Retrying);
        await trips.RestartAsync();
        await trips.RaiseCancelAsync(payload);
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Cancelled, "Cancelled."), (trip.Status, trip.Reason));
        Assert.Equal(["BookCar", "UndoBookCar", "Notify Cancelled"], trips.Runs);
    }

    // When the timers of the trip are due: of its deadline, of the wait for the next try, and so on.
    private static async Task<IReadOnlyList<DateTime>> TimersAsync(TripEngine trips) =>
        [.. (await trips.Engine.Client.GetOrchestrationHistoryAsync("alice-1")).OfType<TimerCreatedEvent>().Select(timer => timer.FireAt)];
}
