using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteReservationStoreTests : ReservationStoreContract, IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private SqliteDatabase database;
    private CommittedReservations store;

    public SqliteReservationStoreTests()
    {
        database = file.Open(TripTables.Schema);
        store = new CommittedReservations(database);
    }

    protected override IReservationStore Store => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Counts_and_bookings_are_there_when_the_file_is_opened_again()
    {
        await store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default);
        var booked = await store.BookAsync("trip-hotel", Leg.Hotel, "Hilton 123", "H-1", 1, default);

        await ReopenAsync();

        Assert.Equal(2, await store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default));
        Assert.Equal(booked, await store.FindAsync("trip-hotel", Leg.Hotel, "Hilton 123", default));
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
        database = file.Open(TripTables.Schema);
        store = new CommittedReservations(database);
    }
}
