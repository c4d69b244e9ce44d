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
}
