using BookingFunctions.Storage;
using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The outbox in the SQLite file of the embedded host.</summary>
public sealed class SqliteOutbox : IOutbox
{
    private const string Schema =
        """
        CREATE TABLE IF NOT EXISTS outbox (
          position INTEGER PRIMARY KEY,
          trip INTEGER NOT NULL,
          part TEXT NOT NULL,
          trip_id TEXT NOT NULL,
          body TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          UNIQUE (trip, part)) STRICT;
        """;

    private readonly SqliteDatabase database;

    /// <summary>Makes the outbox of a file, and its table if that is missing.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    public SqliteOutbox(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        Ready = database.WriteAsync(session =>
        {
            session.RunScript(SqliteTripNumbers.Schema);
            Upgrade(session);
            session.RunScript(Schema);
        });
    }

    /// <summary>Completes once its tables are there, and up to date. Writes are queued behind it; only reads have to wait for it.</summary>
    internal Task Ready { get; }

    /// <inheritdoc/>
    public async Task AddAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);

        // A write that is in the queue can't be taken back: from there on, only the wait ends.
        cancellation.ThrowIfCancellationRequested();
        await database.WriteAheadAsync(session => Add(session, message)).WaitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        await Ready.WaitAsync(cancellation);
        return await database.ReadAsync(session => Find(session, id), cancellation);
    }

    private static int Add(SqliteSession session, OutboxMessage message)
    {
        (string trip, string part) = SqliteTripNumbers.Split(message.Id);
        SqliteTripNumbers.Give(session, trip);
        return session.Statement(
            """
            INSERT INTO outbox (trip, part, trip_id, body, created_at) VALUES ((SELECT number FROM trip_numbers WHERE id = ?), ?, ?, ?, ?)
            ON CONFLICT (trip, part) DO NOTHING
            """)
            .Bind(trip)
            .Bind(part)
            .Bind(message.TripId)
            .Bind(message.Body)
            .Bind(message.CreatedAt.UtcDateTime)
            .Run();
    }

    private static OutboxMessage? Find(SqliteSession session, string id)
    {
        (string trip, string part) = SqliteTripNumbers.Split(id);
        SqliteStatement row = session.Statement(
            "SELECT trip_id, body, created_at FROM outbox WHERE trip = (SELECT number FROM trip_numbers WHERE id = ?) AND part = ?")
            .Bind(trip).Bind(part);
        return row.Read() ? new OutboxMessage(id, row.Text(0), row.Text(1), new DateTimeOffset(row.Time(2))) : null;
    }

    private static void Upgrade(SqliteSession session)
    {
        if (!SqliteTripNumbers.IsMissingIn(session, "outbox"))
        {
            return;
        }

        session.RunScript($"ALTER TABLE outbox RENAME TO outbox_by_id; {Schema}");
        SqliteStatement rows = session.Statement("SELECT trip_id, body, created_at, id FROM outbox_by_id ORDER BY rowid");
        while (rows.Read())
        {
            Add(session, new OutboxMessage(rows.Text(3), rows.Text(0), rows.Text(1), new DateTimeOffset(rows.Time(2))));
        }

        session.RunScript("DROP TABLE outbox_by_id");
    }
}
