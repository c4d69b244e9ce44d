using BookingFunctions.Storage;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The outbox in the SQLite file of the local host.</summary>
/// <param name="database">The open file, which has the <see cref="TripTables"/>; it stays the caller's to close.</param>
public sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    /// <inheritdoc/>
    public async Task AddAsync(OutboxMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        await database.WriteEarlyAsync(session => Add(session, message), cancellation);
    }

    /// <inheritdoc/>
    public Task<OutboxMessage?> FindAsync(string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(id);
        return database.ReadAsync(session => Find(session, id), cancellation);
    }

    private static int Add(SqliteSession session, OutboxMessage message)
    {
        var (trip, part) = SqliteTripNumbers.Split(message.Id);
        SqliteTripNumbers.Give(session, trip);
        return session.Statement(
            $"""
            INSERT INTO outbox (trip, part, trip_id, body, created_at) VALUES ({SqliteTripNumbers.OfId}, ?, ?, ?, ?)
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
        var (trip, part) = SqliteTripNumbers.Split(id);
        var row = session.Statement(
            $"SELECT trip_id, body, created_at FROM outbox WHERE trip = {SqliteTripNumbers.OfId} AND part = ?")
            .Bind(trip).Bind(part);
        return row.Read() ? new OutboxMessage(id, row.Text(0), row.Text(1), new DateTimeOffset(row.Time(2))) : null;
    }
}
