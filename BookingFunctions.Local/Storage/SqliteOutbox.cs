using BookingFunctions.Storage;
using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The outbox in the SQLite file of the embedded host.</summary>
public sealed class SqliteOutbox : IOutbox
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS outbox (
          id TEXT PRIMARY KEY,
          trip_id TEXT NOT NULL,
          body TEXT NOT NULL,
          created_at INTEGER NOT NULL) STRICT;
        """;

    private readonly SqliteDatabase database;

    // Writes are queued behind it; only reads have to wait for it.
    private readonly Task schema;

    /// <summary>Makes the outbox of a file, and its table if that is missing.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    public SqliteOutbox(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        schema = database.EnsureSchemaAsync(Schema);
    }

    /// <inheritdoc/>
    public async Task AddAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);

        // A write that is in the queue can't be taken back: from there on, only the wait ends.
        cancellation.ThrowIfCancellationRequested();
        await database.WriteAheadAsync(session =>
            session.Statement("INSERT INTO outbox (id, trip_id, body, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING")
                .Bind(message.Id)
                .Bind(message.TripId)
                .Bind(message.Body)
                .Bind(message.CreatedAt.UtcDateTime)
                .Run()).WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        await schema.WaitAsync(cancellation);
        return await database.ReadAsync(session => Find(session, id), cancellation);
    }

    private static OutboxMessage? Find(SqliteSession session, string id)
    {
        SqliteStatement row = session.Statement("SELECT trip_id, body, created_at FROM outbox WHERE id = ?").Bind(id);
        return row.Read() ? new OutboxMessage(id, row.Text(0), row.Text(1), new DateTimeOffset(row.Time(2))) : null;
    }
}
