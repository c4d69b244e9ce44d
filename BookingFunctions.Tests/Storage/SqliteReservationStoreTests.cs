using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteReservationStoreTests : ReservationStoreContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private SqliteDatabase database;
    private SqliteReservationStore store;

    public SqliteReservationStoreTests()
    {
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteReservationStore(database);
    }

    protected override IReservationStore Store => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Counts_and_bookings_are_there_when_the_file_is_opened_again()
    {
        await store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default);
        Reservation? booked = await store.BookAsync("trip-hotel", Leg.Hotel, "Hilton 123", "H-1", 1, default);

        await ReopenAsync();

        Assert.Equal(2, await store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default));
        Assert.Equal(booked, await store.FindAsync("trip-hotel", Leg.Hotel, "Hilton 123", default));
    }

    [Fact]
    public async Task What_was_booked_before_items_were_counted_is_counted_when_the_file_is_opened()
    {
        await database.WriteAsync(session => session.RunScript(
            """
            DROP TABLE taken;
            DROP TABLE reservations;
            CREATE TABLE reservations (
              id TEXT PRIMARY KEY, leg TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
              confirmation TEXT) STRICT, WITHOUT ROWID;
            INSERT INTO reservations VALUES
              ('a-hotel', 'Hotel', 'Hilton', 'Booked', 0, 'H-1'),
              ('b-hotel', 'Hotel', 'hilton ', 'Booked', 0, 'H-2'),
              ('c-hotel', 'Hotel', 'Hilton', 'Undone', 0, 'H-3');
            """));
        await ReopenAsync();

        Assert.Null(await store.BookAsync("d-hotel", Leg.Hotel, "Hilton", "H-4", 2, default));
        Assert.NotNull(await store.BookAsync("d-hotel", Leg.Hotel, "Hilton", "H-4", 3, default));
    }

    [Fact]
    public async Task What_was_found_by_its_id_before_trips_had_numbers_is_still_there()
    {
        Reservation[] before =
        [
            new("alice-1-car", Leg.Car, "Ford", ReservationState.Booked, 2, "C-1"),
            new("alice-1-hotel", Leg.Hotel, "Zoë's Inn", ReservationState.Undone, 0, null),
            new("bob-car", Leg.Car, "Ford", ReservationState.Attempted, 1, null),
            new("stray", Leg.Flight, "Alaska 1", ReservationState.Booked, 0, "F-1"),
        ];
        await database.WriteAsync(session => session.RunScript(
            """
            DROP TABLE reservations;
            CREATE TABLE reservations (
              id TEXT PRIMARY KEY, leg TEXT NOT NULL, item TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
              confirmation TEXT) STRICT, WITHOUT ROWID;
            INSERT INTO reservations VALUES
              ('alice-1-car', 'Car', 'Ford', 'Booked', 2, 'C-1'),
              ('alice-1-hotel', 'Hotel', 'Zoë''s Inn', 'Undone', 0, NULL),
              ('bob-car', 'Car', 'Ford', 'Attempted', 1, NULL),
              ('stray', 'Flight', 'Alaska 1', 'Booked', 0, 'F-1');
            """));

        // The second time, nothing is left to be done.
        await ReopenAsync();
        await ReopenAsync();

        foreach (Reservation reservation in before)
        {
            Assert.Equal(reservation, await store.FindAsync(reservation.Id, reservation.Leg, reservation.Item, default));
        }

        Assert.Equal(["alice-1-car", "stray"], await store.ListLiveAsync(default).Select(reservation => reservation.Id).Order().ToListAsync());
        Assert.Equal(before[0], await store.BookAsync("alice-1-car", Leg.Car, "Ford", "C-2", 10, default));
    }

    [Fact]
    public async Task More_than_a_page_is_listed_each_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(
            number => store.BookAsync($"trip-{number}-car", Leg.Car, "Ford", "C-1", int.MaxValue, default)));

        var ids = await store.ListLiveAsync(default).Select(reservation => reservation.Id).ToListAsync();

        Assert.Equal(1100, ids.Count);
        Assert.Equal(1100, ids.Distinct().Count());
    }

    private async Task ReopenAsync()
    {
        await database.DisposeAsync();
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteReservationStore(database);
    }
}
