using BookingFunctions.Storage;
using BookingFunctions.Trips;

namespace BookingFunctions.Tests.Storage;

/// <summary>What every reservation store does.</summary>
public abstract class ReservationStoreContract
{
    private const int Many = int.MaxValue;

    // Each test has an id of its own: the stores needn't be empty.
    private readonly string id = $"alice-jones-{Guid.NewGuid():N}-car";

    /// <summary>The store.</summary>
    protected abstract IReservationStore Store { get; }

    [Fact]
    public async Task Nothing_is_found_under_an_id_that_was_never_used()
    {
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Attempts_are_counted_from_one()
    {
        Assert.Equal(1, await CountAsync());
        Assert.Equal(2, await CountAsync());
        Assert.Equal(3, await CountAsync());

        Assert.Equal(new Reservation(id, Leg.Car, "Ford 150", ReservationState.Attempted, 3, null), await FindAsync());
    }

    [Fact]
    public async Task Attempts_of_one_id_are_not_those_of_another()
    {
        await CountAsync();

        Assert.Equal(1, await Store.CountAttemptAsync(id + "-2", Leg.Car, "Ford 150", default));
    }

    [Theory]
    [InlineData(Leg.Car)]
    [InlineData(Leg.Hotel)]
    [InlineData(Leg.Flight)]
    public async Task A_booking_is_kept(Leg leg)
    {
        Reservation expected = new(id, leg, "Zoë's 😀 / \\ # ? item", ReservationState.Booked, 0, "C-1");

        Assert.Equal(expected, await Store.BookAsync(id, leg, expected.Item, "C-1", Many, default));

        Assert.Equal(expected, await Store.FindAsync(id, leg, expected.Item, default));
    }

    [Fact]
    public async Task A_booking_keeps_the_count_of_its_attempts()
    {
        await CountAsync();
        await CountAsync();

        Assert.Equal(Booked("C-1") with { Attempts = 2 }, await BookAsync("C-1"));

        Assert.Equal(3, await CountAsync());
        Assert.Equal(Booked("C-1") with { Attempts = 3 }, await FindAsync());
    }

    [Fact]
    public async Task Booking_twice_is_one_booking()
    {
        await BookAsync("C-1");

        Assert.Equal(Booked("C-1"), await BookAsync("C-2"));

        Assert.Equal(Booked("C-1"), await FindAsync());
    }

    [Fact]
    public async Task A_booking_can_be_undone_and_keeps_its_item_and_confirmation()
    {
        await CountAsync();
        await BookAsync("C-1");
        Reservation expected = new(id, Leg.Car, "Ford 150", ReservationState.Undone, 1, "C-1");

        Assert.Equal(expected, await UndoAsync());
        Assert.Equal(expected, await UndoAsync());

        Assert.Equal(expected, await FindAsync());
    }

    [Fact]
    public async Task An_undo_bars_a_late_booking_of_what_was_never_tried()
    {
        Reservation expected = new(id, Leg.Car, "Ford 150", ReservationState.Undone, 0, null);

        Assert.Equal(expected, await UndoAsync());
        Assert.Equal(expected, await BookAsync("C-1"));

        Assert.Equal(expected, await FindAsync());
    }

    [Fact]
    public async Task An_undo_bars_a_late_booking_of_what_was_tried()
    {
        await CountAsync();
        Reservation expected = new(id, Leg.Car, "Ford 150", ReservationState.Undone, 1, null);

        Assert.Equal(expected, await UndoAsync());
        Assert.Equal(expected, await BookAsync("C-1"));

        Assert.Equal(2, await CountAsync());
        Assert.Equal(expected with { Attempts = 2 }, await FindAsync());
    }

    [Fact]
    public async Task An_undo_bars_a_second_booking_of_what_was_booked()
    {
        await BookAsync("C-1");
        await UndoAsync();

        Assert.Equal(Booked("C-1") with { State = ReservationState.Undone }, await BookAsync("C-2"));
    }

    [Fact]
    public async Task Attempts_at_once_are_all_counted()
    {
        int[] counts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(CountAsync)));

        Assert.Equal(Enumerable.Range(1, 10), counts.Order());
    }

    [Fact]
    public async Task Bookings_at_once_are_one_booking()
    {
        Reservation?[] booked = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Task.Run(() => BookAsync($"C-{number}"))));

        Reservation? found = await FindAsync();
        Assert.Equal(ReservationState.Booked, found?.State);
        Assert.All(booked, reservation => Assert.Equal(found, reservation));
    }

    [Fact]
    public async Task A_booking_that_races_its_undo_is_never_live_once_the_undo_is_done()
    {
        for (int round = 0; round < 20; round++)
        {
            string id = $"{this.id}-{round}";
            Task[] late =
            [
                .. Enumerable.Range(0, 3).Select(number =>
                    Task.Run(() => Store.BookAsync(id, Leg.Car, "Ford 150", $"C-{number}", Many, default))),
                Task.Run(() => Store.CountAttemptAsync(id, Leg.Car, "Ford 150", default)),
            ];

            Reservation undone = await Task.Run(() => Store.UndoAsync(id, Leg.Car, "Ford 150", default));

            Assert.Equal(ReservationState.Undone, undone.State);
            Assert.Equal(ReservationState.Undone, (await Store.FindAsync(id, Leg.Car, "Ford 150", default))?.State);
            await Task.WhenAll(late);
            Assert.Equal(undone.Confirmation, (await Store.FindAsync(id, Leg.Car, "Ford 150", default))?.Confirmation);
            Assert.Equal(ReservationState.Undone, (await Store.FindAsync(id, Leg.Car, "Ford 150", default))?.State);
        }
    }

    [Fact]
    public async Task No_more_are_booked_than_there_are_and_an_undone_one_is_free_again()
    {
        Assert.NotNull(await TakeAsync("a", 2));
        Assert.NotNull(await TakeAsync("b", 2));

        Assert.Null(await TakeAsync("c", 2));
        Assert.Null(await Store.FindAsync($"{id}-c", Leg.Car, Item, default));

        await Store.UndoAsync($"{id}-a", Leg.Car, Item, default);
        await Store.UndoAsync($"{id}-a", Leg.Car, Item, default);

        Assert.NotNull(await TakeAsync("c", 2));
        Assert.Null(await TakeAsync("d", 2));
    }

    [Fact]
    public async Task A_booking_that_was_sold_out_keeps_the_count_of_its_attempts_and_may_be_booked_later()
    {
        await Store.CountAttemptAsync($"{id}-a", Leg.Car, Item, default);

        Assert.Null(await TakeAsync("a", 0));
        Assert.Equal(
            new Reservation($"{id}-a", Leg.Car, Item, ReservationState.Attempted, 1, null),
            await Store.FindAsync($"{id}-a", Leg.Car, Item, default));

        Assert.Equal(ReservationState.Booked, (await TakeAsync("a", 1))?.State);
    }

    [Fact]
    public async Task What_is_booked_stays_booked_however_few_there_are()
    {
        var booked = await TakeAsync("a", 1);

        Assert.Equal(booked, await TakeAsync("a", 0));
    }

    [Fact]
    public async Task What_was_undone_is_so_even_if_there_are_none()
    {
        await Store.UndoAsync($"{id}-a", Leg.Car, Item, default);

        Assert.Equal(ReservationState.Undone, (await TakeAsync("a", 0))?.State);
    }

    [Fact]
    public async Task Undoing_what_was_never_booked_frees_nothing()
    {
        await TakeAsync("a", 1);
        await Store.CountAttemptAsync($"{id}-c", Leg.Car, Item, default);

        await Store.UndoAsync($"{id}-b", Leg.Car, Item, default);
        await Store.UndoAsync($"{id}-c", Leg.Car, Item, default);

        Assert.Null(await TakeAsync("d", 1));
    }

    [Fact]
    public async Task Items_are_one_in_any_letter_case_and_without_the_space_around_them()
    {
        await Store.BookAsync($"{id}-a", Leg.Flight, $"  Zoë 1 {id}", "F-1", 1, default);

        Assert.Null(await Store.BookAsync($"{id}-b", Leg.Flight, $"zOË 1 {id.ToUpperInvariant()} ", "F-2", 1, default));

        Assert.NotNull(await Store.BookAsync($"{id}-c", Leg.Flight, $"Zoe 1 {id}", "F-3", 1, default));
        Assert.NotNull(await Store.BookAsync($"{id}-d", Leg.Hotel, $"Zoë 1 {id}", "H-1", 1, default));
    }

    [Fact]
    public async Task Of_two_hundred_concurrent_bookings_of_ten_seats_ten_succeed()
    {
        Reservation?[] answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(number => Task.Run(() => TakeAsync($"{number}", 10))));

        Assert.Equal(10, answers.Count(reservation => reservation is { State: ReservationState.Booked }));
        Assert.Equal(190, answers.Count(reservation => reservation is null));
        Assert.Equal(10, await CountLiveAsync());
    }

    [Fact]
    public async Task Bookings_that_race_undos_leave_no_seat_taken_or_free_that_is_not()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).SelectMany(number => new Task[]
        {
            Task.Run(() => TakeAsync($"{number}", 5)),
            Task.Run(() => Store.UndoAsync($"{id}-{number}", Leg.Car, Item, default)),
        }));

        Assert.Equal(0, await CountLiveAsync());
        for (int number = 100; number < 105; number++)
        {
            Assert.NotNull(await TakeAsync($"{number}", 5));
        }

        Assert.Null(await TakeAsync("105", 5));
    }

    [Fact]
    public async Task Only_what_is_booked_is_listed()
    {
        await TakeAsync("booked", Many);
        await TakeAsync("undone", Many);
        await Store.UndoAsync($"{id}-undone", Leg.Car, Item, default);
        await Store.CountAttemptAsync($"{id}-tried", Leg.Car, Item, default);

        List<Reservation> live = await Store.ListLiveAsync(default).Where(reservation => reservation.Item == Item).ToListAsync();

        Assert.Equal([new Reservation($"{id}-booked", Leg.Car, Item, ReservationState.Booked, 0, "C-booked")], live);
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_changes_nothing()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CountAttemptAsync(id, Leg.Car, "Ford 150", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.BookAsync(id, Leg.Car, "Ford 150", "C-1", Many, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UndoAsync(id, Leg.Car, "Ford 150", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync(id, Leg.Car, "Ford 150", cancelled));

        Assert.Null(await FindAsync());
    }

    // What no other test books.
    private string Item => $"Car of {id}";

    private Task<Reservation?> TakeAsync(string name, int capacity) =>
        Store.BookAsync($"{id}-{name}", Leg.Car, Item, $"C-{name}", capacity, default);

    private ValueTask<int> CountLiveAsync() => Store.ListLiveAsync(default).CountAsync(reservation => reservation.Item == Item);

    private Reservation Booked(string confirmation) => new(id, Leg.Car, "Ford 150", ReservationState.Booked, 0, confirmation);

    private Task<Reservation?> FindAsync() => Store.FindAsync(id, Leg.Car, "Ford 150", default);

    private Task<int> CountAsync() => Store.CountAttemptAsync(id, Leg.Car, "Ford 150", default);

    private Task<Reservation?> BookAsync(string confirmation) => Store.BookAsync(id, Leg.Car, "Ford 150", confirmation, Many, default);

    private Task<Reservation> UndoAsync() => Store.UndoAsync(id, Leg.Car, "Ford 150", default);
}
