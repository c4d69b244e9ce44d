using BookingFunctions.Saga;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Saga;

/// <summary>Cancellations, at every moment of a trip.</summary>
public sealed class CancelTripTests
{
    private static readonly string CancellerId = Cancellation.IdOf("alice-1");

    [Fact]
    public async Task A_confirmed_trip_is_undone_in_reverse_and_its_traveler_told_again()
    {
        await using var trips = await TripEngine.StartAsync();
        await trips.BookAsync();
        await trips.CompletedAsync();

        await trips.CancelAsync();
        var trip = await trips.CancelledAsync();

        Assert.Equal((TripState.Cancelled, "Cancelled: ill"), (trip.Status, trip.Reason));
        Assert.All(trip.Legs, leg => Assert.Equal(LegState.Undone, leg.State));
        Assert.Equal(
            ["Notify Confirmed", "UndoBookFlight", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"], trips.Runs.Skip(3));
        await trips.Engine.WaitAsync(CancellerId);
        Assert.Equal((TripState.Cancelled, "Cancelled: ill"), ((await trips.RowAsync()).Status, (await trips.RowAsync()).Reason));
    }

    [Fact]
    public async Task A_trip_that_waits_for_a_retry_is_stopped_at_once()
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1));
        trips.Fails("BookHotel", () => new ProviderUnavailableException("busy"));
        await trips.StartTripAsync();
        await trips.UntilAsync(trip => trip.Legs[1].State == LegState.Retrying);

        await trips.CancelAsync();
        await trips.Engine.WaitAsync(CancellerId);
        var trip = await trips.CompletedAsync();

        Assert.Equal((TripState.Cancelled, "Cancelled: ill"), (trip.Status, trip.Reason));
        Assert.Equal(["BookCar", "BookHotel", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"], trips.Runs);
    }

    [Fact]
    public async Task A_cancellation_that_comes_with_the_last_booking_is_not_lost()
    {
        await using var trips = await TripEngine.StartAsync();
        Task? cancelling = null;
        trips.On("BookFlight", _ => cancelling = trips.CancelAsync());

        await trips.StartTripAsync();
        var trip = await trips.CancelledAsync();
        await cancelling!;
        await trips.Engine.WaitAsync(CancellerId);

        Assert.All(trip.Legs, leg => Assert.Equal(LegState.Undone, leg.State));
        Assert.Equal(1, trips.Runs.Count(run => run == "UndoBookFlight"));
    }

    [Fact]
    public async Task A_cancellation_while_the_traveler_can_not_be_told_of_the_confirmation_undoes_the_trip()
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1));
        trips.Fails("Notify Confirmed", () => new NotificationFailedException("no such address"));
        await trips.StartTripAsync();
        await trips.UntilAsync(trip => trip.Status == TripState.Confirmed);

        await trips.CancelAsync();
        await trips.CompletedAsync();
        var trip = await trips.CancelledAsync();

        Assert.Equal(NotificationState.Sent, trip.Notification!.State);
        Assert.Equal(1, trips.Runs.Count(run => run == "Notify Cancelled"));
    }

    [Fact]
    public async Task A_cancellation_of_a_trip_that_is_rolled_back_waits_for_its_end()
    {
        await using var trips = await TripEngine.StartAsync();
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));
        await trips.BookAsync();

        await trips.CancelAsync();
        await trips.DecideAsync(Leg.Hotel, UndoAction.Skip, "paid");
        await trips.Engine.WaitAsync(CancellerId);
        var trip = await trips.CompletedAsync();

        Assert.StartsWith("BookingFunctions.Travel.InvalidFlightException: ", trip.Reason, StringComparison.Ordinal);
        Assert.Equal(("bob", "paid"), (trip.Legs[1].Skipped!.By, trip.Legs[1].Skipped!.Note));
        Assert.Equal(1, trips.Runs.Count(run => run == "UndoBookCar"));
        Assert.Equal(1, trips.Runs.Count(run => run == "Notify Cancelled"));
    }

    [Fact]
    public async Task An_undo_that_a_cancellation_gives_up_waits_for_an_operator_over_a_restart()
    {
        await using var trips = await TripEngine.StartAsync();
        await trips.BookAsync();
        await trips.CompletedAsync();
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));

        await trips.CancelAsync();
        var trip = await trips.UntilAsync(trip => trip.Status == TripState.NeedsAttention);
        Assert.Equal([LegState.Undone, LegState.UndoFailed, LegState.Undone], trip.Legs.Select(leg => leg.State));
        await TestHub.UntilAsync(async () => (await trips.RowAsync()).Status == TripState.NeedsAttention);

        await trips.RestartAsync();
        trips.On("UndoBookHotel", _ => { });
        await trips.DecideAsync(Leg.Hotel, UndoAction.Retry);
        trip = await trips.CancelledAsync();

        Assert.All(trip.Legs, leg => Assert.Equal((LegState.Undone, null), (leg.State, leg.Skipped)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_terminated_trip_needs_attention_and_can_be_cancelled_even_after_a_purge(bool purge)
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1));
        trips.Fails("BookFlight", () => new ProviderUnavailableException("busy"));
        await trips.StartTripAsync();
        await trips.UntilAsync(trip => trip.Legs[2].State == LegState.Retrying);
        await trips.Engine.Client.TerminateInstanceAsync("alice-1", "by hand");
        await trips.Engine.WaitAsync("alice-1");
        if (purge)
        {
            await trips.Engine.Client.PurgeInstanceAsync("alice-1");
        }

        var trip = await trips.UntilAsync(trip => trip.Status == TripState.NeedsAttention);
        Assert.Equal(purge ? "Its orchestration was removed before the trip was decided." : "Terminated: by hand", trip.Reason);

        await trips.CancelAsync();
        trip = await trips.CancelledAsync();

        Assert.Equal("Cancelled: ill", trip.Reason);
        Assert.Equal(["UndoBookFlight", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"], trips.Runs.Skip(3));
    }

    [Fact]
    public async Task A_confirmed_trip_can_be_read_and_cancelled_after_its_history_was_purged()
    {
        await using var trips = await TripEngine.StartAsync();
        await trips.BookAsync();
        var before = await trips.CompletedAsync();
        await trips.Engine.Client.PurgeInstanceAsync("alice-1");

        var trip = await trips.UntilAsync(_ => true);
        Assert.Equal(before.Legs, trip.Legs);
        Assert.Equal((TripState.Confirmed, "Alice Jones", NotificationState.Sent), (trip.Status, trip.Name, trip.Notification!.State));

        await trips.CancelAsync();
        await trips.CancelledAsync();
        await trips.Engine.WaitAsync(CancellerId);
        await trips.Engine.Client.PurgeInstanceAsync(CancellerId);
        trip = await trips.UntilAsync(_ => true);

        Assert.Equal((TripState.Cancelled, "Cancelled: ill"), (trip.Status, trip.Reason));
        Assert.All(trip.Legs, leg => Assert.Equal(LegState.Undone, leg.State));
    }

    [Fact]
    public async Task A_cancellation_that_was_ended_from_outside_needs_attention_and_can_be_asked_for_again()
    {
        await using var trips = await TripEngine.StartAsync();
        await trips.BookAsync();
        await trips.CompletedAsync();
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));
        await trips.CancelAsync();
        await trips.UntilAsync(trip => trip.Status == TripState.NeedsAttention);
        await trips.Engine.Client.TerminateInstanceAsync(CancellerId, "by hand");
        await trips.Engine.WaitAsync(CancellerId);

        var trip = await trips.UntilAsync(_ => true);
        Assert.Equal((TripState.NeedsAttention, "Terminated: by hand"), (trip.Status, trip.Reason));

        trips.On("UndoBookHotel", _ => { });
        await trips.CancelAsync();
        trip = await trips.CancelledAsync();

        Assert.All(trip.Legs, leg => Assert.Equal(LegState.Undone, leg.State));
    }
}
