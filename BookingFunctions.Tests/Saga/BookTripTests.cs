using BookingFunctions.Saga;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Saga;

public sealed class BookTripTests
{
    [Fact]
    public async Task A_trip_is_booked_leg_by_leg_and_its_traveler_told()
    {
        await using var trips = await TripEngine.StartAsync();

        await trips.BookAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Confirmed, null), (trip.Status, trip.Reason));
        Assert.All(trip.Legs, leg => Assert.Equal((LegState.Booked, 1, null), (leg.State, leg.Attempt, leg.Error)));
        Assert.Equal(["BookCar", "BookHotel", "BookFlight", "Notify Confirmed"], trips.Runs);
    }

    [Fact]
    public async Task A_leg_is_retrying_from_its_first_failure_until_it_is_booked()
    {
        await using var trips = await TripEngine.StartAsync();
        using var second = new SemaphoreSlim(0);
        trips.On("BookHotel", run =>
        {
            if (run == 1)
            {
                throw new ProviderUnavailableException("busy");
            }

            second.Wait();
        });
        await trips.StartTripAsync();

        var trip = await trips.UntilAsync(trip => trip.Legs[1].Error is not null);
        Assert.Equal((TripState.Booking, LegState.Retrying, 2), (trip.Status, trip.Legs[1].State, trip.Legs[1].Attempt));
        Assert.Equal(typeof(ProviderUnavailableException).FullName, trip.Legs[1].Error!.Type);
        Assert.Equal("busy", trip.Legs[1].Error!.Message);
        Assert.Contains("   at ", trip.Legs[1].Error!.StackTrace, StringComparison.Ordinal);
        Assert.NotNull(trip.Legs[1].RetryAt);

        second.Release();
        trip = await trips.CompletedAsync();

        Assert.Equal((LegState.Booked, 2, null), (trip.Legs[1].State, trip.Legs[1].Attempt, trip.Legs[1].RetryAt));
        Assert.Equal("busy", trip.Legs[1].Error!.Message);
    }

    [Fact]
    public async Task A_leg_that_is_refused_is_tried_once_and_what_was_booked_is_undone_in_reverse()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));

        await trips.BookAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal(
            (TripState.Cancelled, "BookingFunctions.Travel.InvalidFlightException: There is no flight 'X 1'."), (trip.Status, trip.Reason));
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Equal(
            ["BookCar", "BookHotel", "BookFlight", "UndoBookFlight", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"], trips.Runs);
    }

    [Fact]
    public async Task A_leg_that_runs_out_of_attempts_is_undone_too_but_stays_failed_with_its_last_error()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.On("BookHotel", run => throw new ProviderTimeoutException($"try {run} to book", TimeSpan.FromSeconds(5)));
        trips.On("UndoBookHotel", run =>
        {
            if (run == 1)
            {
                throw new ProviderUnavailableException("busy");
            }
        });

        await trips.BookAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Failed, LegState.Pending], trip.Legs.Select(leg => leg.State));
        Assert.Equal((3, typeof(ProviderTimeoutException).FullName), (trip.Legs[1].Attempt, trip.Legs[1].Error!.Type));
        Assert.Contains("try 3", trip.Legs[1].Error!.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["BookCar", "BookHotel", "BookHotel", "BookHotel", "UndoBookHotel", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"],
            trips.Runs);
    }

    [Fact]
    public async Task A_traveler_who_can_not_be_told_has_the_trip_all_the_same()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("Notify Confirmed", () => new NotificationFailedException("no such address"));

        await trips.BookAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Confirmed, trip.Status);
        Assert.DoesNotContain(trips.Runs, run => run.StartsWith("Undo", StringComparison.Ordinal));
        Assert.Equal(3, trips.Runs.Count(run => run == "Notify Confirmed"));
    }

    [Fact]
    public async Task An_undo_that_is_given_up_holds_nothing_up_and_waits_for_an_operator()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));

        var trip = await trips.BookAsync();

        Assert.Equal(TripState.NeedsAttention, trip.Status);
        Assert.StartsWith("BookingFunctions.Travel.InvalidFlightException: ", trip.Reason, StringComparison.Ordinal);
        Assert.Equal([LegState.Undone, LegState.UndoFailed, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Equal("stuck", trip.Legs[1].Error!.Message);
        Assert.DoesNotContain("Notify Cancelled", trips.Runs);

        trips.On("UndoBookHotel", _ => { });
        await trips.RestartAsync();
        await trips.DecideAsync(Leg.Hotel, UndoAction.Retry);
        trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Equal(4, trips.Runs.Count(run => run == "UndoBookHotel"));
        Assert.Equal(1, trips.Runs.Count(run => run == "UndoBookCar"));
    }

    [Fact]
    public async Task A_leg_that_was_refused_stays_so_when_its_undo_is_retried()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.Fails("UndoBookFlight", () => new ProviderUnavailableException("stuck"));
        var trip = await trips.BookAsync();
        Assert.Equal((LegState.UndoFailed, "stuck"), (trip.Legs[2].State, trip.Legs[2].Error!.Message));

        trips.On("UndoBookFlight", _ => { });
        await trips.DecideAsync(Leg.Flight, UndoAction.Retry);
        trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Equal(typeof(InvalidFlightException).FullName, trip.Legs[2].Error!.Type);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_roll_back_goes_on_where_it_was()
    {
        await using var trips = await TripEngine.StartAsync();
        using var reached = new SemaphoreSlim(0);
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.On("UndoBookHotel", run =>
        {
            reached.Release();
            if (run == 1)
            {
                throw new ProviderUnavailableException("busy");
            }
        });
        await trips.StartTripAsync();
        await reached.WaitAsync();

        await trips.RestartAsync();
        var trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Single(trips.Runs, run => run == "BookCar");
        Assert.Single(trips.Runs, run => run == "BookFlight");
        Assert.Single(trips.Runs, run => run == "UndoBookCar");
    }

    [Theory]
    [InlineData('a')]
    [InlineData('ä')]
    [InlineData('"')]
    public async Task The_custom_status_stays_below_8_KB_whatever_fails(char character)
    {
        await using var trips = await TripEngine.StartAsync();
        var huge = new string(character, 1_000_000);
        trips.Fails("BookFlight", () => new HugeException(huge));
        foreach (var leg in Enum.GetValues<Leg>())
        {
            trips.Fails($"UndoBook{leg}", () => new HugeException(huge));
        }

        var trip = await trips.BookAsync();

        Assert.Equal(TripState.NeedsAttention, trip.Status);
        Assert.All(trip.Legs, leg => Assert.EndsWith("... [cut: 1000000 characters in all]", leg.Error!.Message, StringComparison.Ordinal));
        Assert.InRange((await trips.CustomStatusAsync()).Length, 4000, 8191);
    }

    [Fact]
    public async Task An_input_that_is_no_trip_fails_the_orchestration_and_says_why()
    {
        await using var trips = await TripEngine.StartAsync();

        var instance = await trips.Engine.RunAsync(Orchestrators.BookTrip, new { nonsense = true });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("POST /api/trips", instance.SerializedOutput, StringComparison.Ordinal);
    }
}
