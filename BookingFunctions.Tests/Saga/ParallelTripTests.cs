using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Tests.Saga;

/// <summary>Trips whose legs are booked at once.</summary>
public sealed class ParallelTripTests
{
    [Fact]
    public async Task All_legs_are_begun_before_one_is_booked()
    {
        await using var trips = await TripEngine.StartAsync();
        using var begun = new CountdownEvent(3);
        foreach (var leg in Enum.GetValues<Leg>())
        {
            trips.On($"Book{leg}", _ =>
            {
                begun.Signal();
                begun.Wait(TimeSpan.FromSeconds(60));
            });
        }

        await trips.BookAsync(parallel: true);
        var trip = await trips.CompletedAsync();

        Assert.Equal(0, begun.CurrentCount);
        Assert.Equal(TripState.Confirmed, trip.Status);
        Assert.All(trip.Legs, leg => Assert.Equal((LegState.Booked, 1), (leg.State, leg.Attempt)));
    }

    [Fact]
    public async Task One_that_fails_has_the_others_undone_in_reverse_order()
    {
        await using var trips = await TripEngine.StartAsync();
        using var others = new CountdownEvent(2);
        trips.On("BookCar", _ => others.Signal());
        trips.On("BookHotel", _ => others.Signal());
        trips.On("BookFlight", _ =>
        {
            others.Wait(TimeSpan.FromSeconds(60));
            throw new InvalidFlightException("X 1");
        });

        await trips.BookAsync(parallel: true);
        var trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Equal(["UndoBookFlight", "UndoBookHotel", "UndoBookCar", "Notify Cancelled"], trips.Runs.Skip(3));
    }

    [Fact]
    public async Task One_that_fails_has_a_leg_undone_that_is_still_in_flight_and_the_late_booking_changes_nothing()
    {
        await using var trips = await TripEngine.StartAsync();
        using var carIsUndone = new SemaphoreSlim(0);
        trips.On("BookCar", _ => carIsUndone.Wait(TimeSpan.FromSeconds(60)));
        trips.Fails("BookFlight", () => new InvalidFlightException("X 1"));
        trips.Fails("UndoBookHotel", () => new ProviderUnavailableException("stuck"));

        // The hotel keeps the trip waiting: there is time for the late booking to be heard of.
        await trips.StartTripAsync(parallel: true);
        var trip = await trips.UntilAsync(trip => trip.Status == TripState.NeedsAttention);
        Assert.Equal([LegState.Undone, LegState.UndoFailed, LegState.Failed], trip.Legs.Select(leg => leg.State));

        carIsUndone.Release();
        trips.On("UndoBookHotel", _ => { });
        await trips.DecideAsync(Leg.Hotel, UndoAction.Retry);
        trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Single(trips.Runs, run => run == "BookCar");
    }

    [Fact]
    public async Task One_that_fails_does_not_wait_for_the_retries_of_another()
    {
        await using var trips = await TripEngine.StartAsync(TimeSpan.FromHours(1));
        using var carHasFailed = new SemaphoreSlim(0);
        trips.Fails("BookCar", () => new ProviderUnavailableException("busy"));
        trips.On("BookFlight", _ =>
        {
            carHasFailed.Wait(TimeSpan.FromSeconds(60));
            throw new InvalidFlightException("X 1");
        });

        await trips.StartTripAsync(parallel: true);
        await trips.UntilAsync(trip => trip.Legs[0].State == LegState.Retrying);
        carHasFailed.Release();
        var trip = await trips.CompletedAsync();

        Assert.Equal(TripState.Cancelled, trip.Status);
        Assert.Equal([LegState.Undone, LegState.Undone, LegState.Failed], trip.Legs.Select(leg => leg.State));
        Assert.Single(trips.Runs, run => run == "BookCar");
    }
}
