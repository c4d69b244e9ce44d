using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Reading;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.Saga;

public sealed class UndoDecisionTests
{
    [Fact]
    public async Task Of_decisions_that_race_one_is_taken_and_carried_out_however_often_it_is_delivered()
    {
        await using var trips = await StuckAsync();
        var trip = (await trips.ReadAsync())!;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            number => trips.DecideAsync(trip, Decision(trip, number % 2 == 0 ? "same" : $"{number}"))));

        Assert.Single(answers, taken => taken is null);
        Assert.Single(answers.OfType<UndoDecision>().Distinct());
        await trips.RaiseDecisionAsync(answers.OfType<UndoDecision>().First());
        await trips.UntilAsync(now => now.Legs[1].State == LegState.UndoFailed && trips.Runs.Count(run => run == "UndoBookHotel") >= 6);
        trip = (await trips.ReadAsync())!;
        Assert.Null(await trips.DecideAsync(trip, Decision(trip, null) with { Action = UndoAction.Skip }));
        await trips.CompletedAsync();
        Assert.Equal(6, trips.Runs.Count(run => run == "UndoBookHotel"));
    }

    [Fact]
    public async Task A_decision_that_a_crash_has_left_undelivered_is_delivered_by_one_like_it_and_by_no_other()
    {
        await using var trips = await StuckAsync();
        var trip = (await trips.ReadAsync())!;
        var kept = Decision(trip, "by telephone");
        await trips.Engine.Stores.Decisions.AddAsync(new KeptDecision(trip.Id, kept), default);

        Assert.Equal(kept, await trips.DecideAsync(trip, Decision(trip, "another note")));
        Assert.Equal(kept, await trips.DecideAsync(trip, Decision(trip, "by telephone") with { Action = UndoAction.Skip }));
        trips.On("UndoBookHotel", _ => { });
        Assert.Null(await trips.DecideAsync(trip, Decision(trip, "by telephone") with { By = "another operator" }));

        Assert.Equal(TripState.Cancelled, (await trips.CompletedAsync()).Status);
        Assert.Equal(kept, await trips.DecideAsync(trip, kept));
    }

    [Fact]
    public async Task A_decision_that_a_crash_has_left_undelivered_is_delivered_by_the_sweep()
    {
        await using var trips = await StuckAsync();
        var trip = (await trips.ReadAsync())!;
        await trips.Engine.Stores.Decisions.AddAsync(
            new KeptDecision(trip.Id, Decision(trip, null) with { Action = UndoAction.Skip }), default);
        await trips.Engine.Stores.Decisions.AddAsync(new KeptDecision("unknown", Decision(trip, null)), default);

        await trips.SweepAsync();

        Assert.Equal("bob", (await trips.CompletedAsync()).Legs[1].Skipped!.By);
        await foreach (var undelivered in trips.Engine.Stores.Decisions.ListUndeliveredAsync(DateTimeOffset.MaxValue, default))
        {
            Assert.Fail($"{undelivered} was swept, and is still undelivered.");
        }
    }

    [Fact]
    public async Task An_event_that_is_no_decision_about_the_failure_that_waits_changes_nothing()
    {
        await using var trips = await StuckAsync();
        trips.On("UndoBookHotel", _ => { });
        var trip = (await trips.ReadAsync())!;
        var right = Decision(trip, null);

        foreach (var payload in (object?[])[null, "all", new { leg = 7 }, new { leg = "spaceship" }, new { action = "skip" },
            right with { Leg = Leg.Car }, right with { Failure = right.Failure + 1 }, right with { Failure = right.Failure - 1 }])
        {
            await trips.RaiseDecisionAsync(payload);
        }

        Assert.Null(await trips.DecideAsync(trip, right));
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], (await trips.CompletedAsync()).Legs.Select(leg => leg.State));
        Assert.Equal((1, 4), (trips.Runs.Count(run => run == "UndoBookCar"), trips.Runs.Count(run => run == "UndoBookHotel")));
    }

    [Fact]
    public async Task A_cancellation_that_is_begun_anew_can_be_decided_about_again()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));
        await trips.BookAsync();
        await trips.CompletedAsync();
        for (var round = 0; round < 2; round++)
        {
            await trips.CancelAsync();
            await trips.UntilAsync(trip => trip.Status == TripState.NeedsAttention && trip.Legs[1].State == LegState.UndoFailed);
            var trip = (await trips.ReadAsync())!;
            Assert.Null(await trips.DecideAsync(trip, Decision(trip, $"{round}")));
            await trips.UntilAsync(_ => trips.Runs.Count(run => run == "UndoBookHotel") >= 6 * (round + 1));
            await trips.Engine.Client.TerminateInstanceAsync(Cancellation.IdOf(trip.Id));
            await trips.Engine.WaitAsync(Cancellation.IdOf(trip.Id));
        }
    }

    private static UndoDecision Decision(TripSources trip, string? note) =>
        new(Leg.Hotel, trip.FailureToDecide(Leg.Hotel)!.Value, UndoAction.Retry, "bob", note, DateTimeOffset.UnixEpoch);

    private static async Task<TripEngine> StuckAsync()
    {
        var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));
        await trips.BookAsync();
        return trips;
    }
}
