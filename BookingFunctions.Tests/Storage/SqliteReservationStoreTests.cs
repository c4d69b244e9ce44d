using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteReservationStoreTests : ReservationStoreContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile _file = new();
    private SqliteDatabase _database;
    private SqliteReservationStore _store;

    public SqliteReservationStoreTests()
    {
        _database = SqliteDatabase.Open(_file.Path);
        _store = new SqliteReservationStore(_database);
    }

    protected override IReservationStore Store => _store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Counts_and_bookings_are_there_when_the_file_is_opened_again()
    {
        await _store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default);
        Reservation booked = await _store.BookAsync("trip-hotel", Leg.Hotel, "Hilton 123", "H-1", default);

        await _database.DisposeAsync();
        _database = SqliteDatabase.Open(_file.Path);
        _store = new SqliteReservationStore(_database);

        Assert.Equal(2, await _store.CountAttemptAsync("trip-car", Leg.Car, "Flaky Ford", default));
        Assert.Equal(booked, await _store.FindAsync("trip-hotel", default));
    }
}
