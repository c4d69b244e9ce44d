using BookingFunctions.Storage;
using BookingFunctions.Tests.Local;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Travel;

public sealed class BuiltInTravelProviderTests : IAsyncLifetime
{
    private readonly TripStores stores = new();
    private readonly FakeTimeProvider clock = new();
    private readonly DemoOptions options = new();
    private readonly InventoryOptions inventory = new();

    // A new one each time, as after a restart: whatever it remembers is in the store.
    private BuiltInTravelProvider Provider => new(stores.Reservations, Options.Create(inventory), Options.Create(options), clock);

    public static TheoryData<Leg> Legs => [.. Enum.GetValues<Leg>()];

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task Booking_twice_is_one_booking_with_one_confirmation(Leg leg)
    {
        var first = await BookAsync(leg, SampleTrips.Plain);
        var second = await BookAsync(leg, SampleTrips.Plain);

        Assert.Equal(first, second);
        Assert.Matches($"^{leg.ToString().ToUpperInvariant()}-[0-9A-HJKMNP-TV-Z]{{8}}$", first);
        var reservation = await FindAsync(leg, SampleTrips.Plain);
        Assert.Equal((ReservationState.Booked, SampleTrips.Plain.Item(leg)), (reservation!.State, reservation.Item));
    }

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task What_was_undone_before_it_was_booked_can_not_be_booked_any_more(Leg leg)
    {
        await UndoAsync(leg, SampleTrips.Plain);

        await Assert.ThrowsAsync<ReservationUndoneException>(() => BookAsync(leg, SampleTrips.Plain));

        Assert.Equal(ReservationState.Undone, (await FindAsync(leg, SampleTrips.Plain))!.State);
    }

    [Fact]
    public async Task A_booking_can_be_undone_again_and_again()
    {
        await BookAsync(Leg.Car, SampleTrips.Plain);

        await UndoAsync(Leg.Car, SampleTrips.Plain);
        await UndoAsync(Leg.Car, SampleTrips.Plain);

        Assert.Equal(ReservationState.Undone, (await FindAsync(Leg.Car, SampleTrips.Plain))!.State);
    }

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task What_is_sold_out_is_refused_and_free_again_once_a_booking_of_it_is_undone(Leg leg)
    {
        (inventory.Car, inventory.Hotel, inventory.Flight) = (2, 2, 2);
        await Provider.BookAsync(Booking.Of("alice-2", leg, SampleTrips.Plain), CancellationToken.None);
        await Provider.BookAsync(Booking.Of("alice-3", leg, SampleTrips.Plain), CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<SoldOutException>(() => BookAsync(leg, SampleTrips.Plain));
        Assert.IsAssignableFrom<BookingRefusedException>(refusal);
        Assert.Equal($"The {leg.ToString().ToLowerInvariant()} '{SampleTrips.Plain.Item(leg)}' is sold out.", refusal.Message);

        await Provider.UndoAsync(Booking.Of("alice-2", leg, SampleTrips.Plain), CancellationToken.None);

        await BookAsync(leg, SampleTrips.Plain);
    }

    [Fact]
    public async Task A_sold_out_hotel_has_no_rooms()
    {
        var trip = SampleTrips.Plain with { Hotel = "Sold Out Inn" };

        await Assert.ThrowsAsync<SoldOutException>(() => BookAsync(Leg.Hotel, trip));
        await BookAsync(Leg.Car, trip);
    }

    [Fact]
    public async Task A_thing_that_there_is_none_of_can_not_be_booked()
    {
        inventory.Car = 0;

        await Assert.ThrowsAsync<SoldOutException>(() => BookAsync(Leg.Car, SampleTrips.Plain));
        Assert.NotEqual(ReservationState.Booked, (await FindAsync(Leg.Car, SampleTrips.Plain))?.State);
    }

    [Theory]
    [InlineData("flaky")]
    [InlineData("A Very FLAKY Ford")]
    public async Task A_flaky_car_is_booked_on_the_sixth_attempt_however_often_the_process_restarts(string car)
    {
        var trip = SampleTrips.Plain with { Car = car };
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await Assert.ThrowsAsync<ProviderUnavailableException>(() => BookAsync(Leg.Car, trip));
        }

        await BookAsync(Leg.Car, trip);

        Assert.Equal(6, (await FindAsync(Leg.Car, trip))!.Attempts);
    }

    [Fact]
    public async Task A_flaky_car_that_was_given_up_can_be_undone()
    {
        var trip = SampleTrips.Plain with { Car = "Flaky Ford" };
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => BookAsync(Leg.Car, trip));

        await UndoAsync(Leg.Car, trip);

        Assert.Equal(ReservationState.Undone, (await FindAsync(Leg.Car, trip))!.State);
    }

    [Fact]
    public async Task A_buggy_hotel_fails_until_its_bug_is_fixed()
    {
        var trip = SampleTrips.Plain with { Hotel = "The Buggy Inn" };
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            await Assert.ThrowsAsync<ProviderUnavailableException>(() => BookAsync(Leg.Hotel, trip));
        }

        Assert.Null(await FindAsync(Leg.Hotel, trip));

        options.HotelBugFixed = true;

        await BookAsync(Leg.Hotel, trip);
    }

    [Fact]
    public async Task A_stuck_hotel_can_be_booked_but_not_undone_until_that_is_fixed()
    {
        var trip = SampleTrips.Plain with { Hotel = "stuck inn" };
        await BookAsync(Leg.Hotel, trip);
        await Assert.ThrowsAsync<ProviderUnavailableException>(() => UndoAsync(Leg.Hotel, trip));
        Assert.Equal(ReservationState.Booked, (await FindAsync(Leg.Hotel, trip))!.State);

        options.HotelUndoFixed = true;
        await UndoAsync(Leg.Hotel, trip);

        Assert.Equal(ReservationState.Undone, (await FindAsync(Leg.Hotel, trip))!.State);
    }

    [Fact]
    public async Task An_invalid_flight_is_refused_by_its_name()
    {
        var trip = SampleTrips.Plain with { Flight = "Invalid 123" };

        var refusal = await Assert.ThrowsAsync<InvalidFlightException>(() => BookAsync(Leg.Flight, trip));

        Assert.IsAssignableFrom<BookingRefusedException>(refusal);
        Assert.Contains("Invalid 123", refusal.Message, StringComparison.Ordinal);
        Assert.Null(await FindAsync(Leg.Flight, trip));
    }

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task A_slow_car_makes_every_call_of_its_trip_take_two_seconds(Leg leg)
    {
        var trip = SampleTrips.Plain with { Car = "Slow Ford" };

        await TakesTwoSecondsAsync(() => BookAsync(leg, trip));
        await TakesTwoSecondsAsync(() => UndoAsync(leg, trip));
    }

    [Theory]
    [MemberData(nameof(Legs))]
    public async Task A_word_in_another_field_means_nothing(Leg leg)
    {
        var trip = new TripRequest(
            "flaky slow buggy stuck sold out invalid",
            "buggy stuck sold out invalid",
            "flaky slow invalid",
            "flaky slow buggy stuck sold out");

        await BookAsync(leg, trip);
        await UndoAsync(leg, trip);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await stores.DisposeAsync();

    private async Task TakesTwoSecondsAsync(Func<Task> call)
    {
        var running = call();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(running.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await running;
    }

    private Task<Reservation?> FindAsync(Leg leg, TripRequest trip) =>
        stores.Reservations.FindAsync(SampleTrips.Booking(leg, trip).ReservationId, leg, trip.Item(leg), CancellationToken.None);

    private Task<string> BookAsync(Leg leg, TripRequest trip) => Provider.BookAsync(SampleTrips.Booking(leg, trip), CancellationToken.None);

    private Task UndoAsync(Leg leg, TripRequest trip) => Provider.UndoAsync(SampleTrips.Booking(leg, trip), CancellationToken.None);
}
