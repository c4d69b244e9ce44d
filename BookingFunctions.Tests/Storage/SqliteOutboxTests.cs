using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOutboxTests : OutboxContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private SqliteDatabase database;
    private SqliteOutbox outbox;

    public SqliteOutboxTests()
    {
        database = SqliteDatabase.Open(file.Path);
        outbox = new SqliteOutbox(database);
    }

    protected override IOutbox Outbox => outbox;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task What_was_found_by_its_id_before_trips_had_numbers_is_still_there()
    {
        await database.WriteAsync(session => session.RunScript(
            """
            DROP TABLE outbox;
            CREATE TABLE outbox (
              id TEXT PRIMARY KEY, trip_id TEXT NOT NULL, body TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
            INSERT INTO outbox VALUES ('alice-1-confirmed', 'alice-1', '{}', 10), ('alice-1-cancelled', 'alice-1', '[]', 20);
            """));
        await database.DisposeAsync();
        database = SqliteDatabase.Open(file.Path);
        outbox = new SqliteOutbox(database);
        OutboxMessage confirmed = new("alice-1-confirmed", "alice-1", "{}", new DateTimeOffset(10, TimeSpan.Zero));

        await outbox.AddAsync(confirmed with { Body = "another" }, default);

        Assert.Equal(confirmed, await outbox.FindAsync("alice-1-confirmed", default));
        Assert.Equal(
            new OutboxMessage("alice-1-cancelled", "alice-1", "[]", new DateTimeOffset(20, TimeSpan.Zero)), await outbox.FindAsync("alice-1-cancelled", default));
    }
}
