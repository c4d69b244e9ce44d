using BookingFunctions.Local.Storage;
using BookingFunctions.Tests.Storage;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Local;

/// <summary>The app's stores in a SQLite file of a test.</summary>
internal sealed class TripStores : IAsyncDisposable
{
    private readonly StoreFile file = new();

    public TripStores() => Database = file.Open(TripTables.Schema);

    public SqliteDatabase Database { get; private set; }

    public SqliteTripDirectory Directory => new(Database);

    public SqliteUndoDecisions Decisions => new(Database);

    public CommittedReservations Reservations => new(Database);

    public CommittedOutbox Outbox => new(Database);

    /// <summary>Closes the file and opens it again, as the next process does.</summary>
    public async Task ReopenAsync()
    {
        await Database.DisposeAsync();
        Database = file.Open(TripTables.Schema);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        file.Dispose();
    }
}
