using BookingFunctions.Saga;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using DurableTask.Core.History;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Saga;

/// <summary>Legs whose supplier isn't asked, because the circuit breaker before it is open.</summary>
public sealed class CircuitTests
{
    private const int MostTries = 35;

    private readonly FakeTimeProvider clock = new(DateTimeOffset.UnixEpoch.AddYears(60));

    [Fact]
    public async Task Tries_that_an_open_circuit_refuses_do_not_count()
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.On("BookHotel", run =>
        {
            if (run is < 6 or 7)
            {
                throw Open();
            }

            if (run < 9)
            {
                throw new ProviderUnavailableException("busy");
            }
        });

        await trips.StartTripAsync();
        var waiting = await trips.UntilAsync(trip => trip.Legs[1].State == LegState.Retrying);
        Assert.InRange(waiting.Legs[1].RetryAt!.Value - clock.GetUtcNow(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7.5));
        Assert.Equal(1, waiting.Legs[1].Attempt);
        await AdvanceUntilAsync(trips, trip => trip.Status != TripState.Booking);
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Confirmed, 3), (trip.Status, trip.Legs[1].Attempt));
        Assert.Equal(9, trips.Runs.Count(run => run == "BookHotel"));
    }

    [Fact]
    public async Task A_leg_and_an_undo_that_wait_for_an_hour_have_failed_and_cost_a_bounded_history()
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.Fails("BookFlight", Open);
        trips.Fails("UndoBookHotel", Open);

        await trips.StartTripAsync();
        var trip = await AdvanceUntilAsync(trips, trip => trip.Status == TripState.NeedsAttention);

        Assert.Equal([LegState.Undone, LegState.UndoFailed, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.StartsWith(typeof(CircuitOpenException).FullName!, trip.Reason, StringComparison.Ordinal);
        Assert.Equal(1, trip.Legs[2].Attempt);
        var history = await trips.Engine.Client.GetOrchestrationHistoryAsync("alice-1");
        foreach (var activity in new[] { "BookFlight", "UndoBookHotel" })
        {
            var tries = history.OfType<TaskScheduledEvent>()
                .Where(scheduled => scheduled.Name == activity)
                .Select(scheduled => scheduled.EventId);
            Assert.InRange(tries.Count(), 20, MostTries);
            Assert.Equal(CircuitWaits.Longest, WaitsBetween(history, [.. tries]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_trip_that_waits_for_an_open_circuit_is_given_up_at_once(bool byItsDeadline)
    {
        await using var trips = await TripEngine.StartAsync(clock: clock);
        trips.Fails("BookCar", Open);

        await trips.StartTripAsync(deadlineSeconds: byItsDeadline ? 1 : null);
        await trips.UntilAsync(trip => trip.Legs[0].State == LegState.Retrying);
        if (byItsDeadline)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
        }
        else
        {
            await trips.RaiseCancelAsync(new { reason = "ill" });
        }

        Assert.Equal(TripState.Cancelled, (await trips.CompletedAsync()).Status);
        Assert.Equal(["BookCar", "UndoBookCar", "Notify Cancelled"], trips.Runs);
    }

    private static CircuitOpenException Open() => new("The circuit is open.", TimeSpan.FromSeconds(5));

    // Of the timers that were set between a call's first try and its last.
    private static TimeSpan WaitsBetween(IEnumerable<HistoryEvent> history, IReadOnlyList<int> tries)
    {
        var turn = default(DateTime);
        var sum = TimeSpan.Zero;
        foreach (var happened in history)
        {
            if (happened is OrchestratorStartedEvent)
            {
                turn = happened.Timestamp;
            }
            else if (happened is TimerCreatedEvent timer && timer.EventId > tries[0] && timer.EventId < tries[^1])
            {
                sum += timer.FireAt - turn;
            }
        }

        return sum;
    }

    // In steps, as the next timer is set when one is due.
    private async Task<TripView> AdvanceUntilAsync(TripEngine trips, Func<TripView, bool> isThere) =>
        await trips.UntilAsync(trip =>
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            return isThere(trip);
        });
}
