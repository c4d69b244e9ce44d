using BookingFunctions.Local.Storage;
using BookingFunctions.Tests.LocalFunctionsHost;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Local;

/// <summary>The app's stores in a SQLite file of a test.</summary>
internal sealed class TripStores : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;

    public TripStores()
    {
        database = SqliteDatabase.Open(new SqliteDatabaseOptions { Path = folder.File("stores.db"), Schemas = [TripTables.Schema] });
        Directory = new SqliteTripDirectory(database);
        Reservations = new SqliteReservationStore(database);
        Outbox = new SqliteOutbox(database);
    }

    public SqliteTripDirectory Directory { get; }

    public SqliteReservationStore Reservations { get; }

    public SqliteOutbox Outbox { get; }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }
}
