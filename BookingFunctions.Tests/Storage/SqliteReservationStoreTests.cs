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

        await database.DisposeAsync();
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteReservationStore(database);

        Assert.Equal(2, await store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default));
        Assert.Equal(booked, await store.FindAsync("trip-hotel", Leg.Hotel, "Hilton 123", default));
    }

    [Fact]
    public async Task What_was_booked_before_items_were_counted_is_counted_when_the_file_is_opened()
    {
        await database.WriteAsync(session => session.RunScript(
            """
            DROP TABLE taken;
            INSERT INTO reservations VALUES
              ('a-hotel', 'Hotel', 'Hilton', 'Booked', 0, 'H-1'),
              ('b-hotel', 'Hotel', 'hilton ', 'Booked', 0, 'H-2'),
              ('c-hotel', 'Hotel', 'Hilton', 'Undone', 0, 'H-3');
            """));
        await database.DisposeAsync();
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteReservationStore(database);

        Assert.Null(await store.BookAsync("d-hotel", Leg.Hotel, "Hilton", "H-4", 2, default));
        Assert.NotNull(await store.BookAsync("d-hotel", Leg.Hotel, "Hilton", "H-4", 3, default));
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
}
