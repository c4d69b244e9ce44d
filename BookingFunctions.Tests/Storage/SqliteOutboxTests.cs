using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOutboxTests : OutboxContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private readonly SqliteDatabase database;

    public SqliteOutboxTests()
    {
        database = SqliteDatabase.Open(file.Path);
        Outbox = new SqliteOutbox(database);
    }

    protected override IOutbox Outbox { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();
}
