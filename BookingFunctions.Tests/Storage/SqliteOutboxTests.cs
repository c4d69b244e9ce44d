using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOutboxTests : OutboxContract, IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;

    public SqliteOutboxTests()
    {
        database = file.Open(TripTables.Schema);
        Outbox = new CommittedOutbox(database);
    }

    protected override IOutbox Outbox { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();
}
