using System.Runtime.CompilerServices;
using System.Text.Json;
using BookingFunctions.Trips.Deciding;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>Operators' decisions in the SQLite file of the local host.</summary>
/// <param name="database">The open file, which has the <see cref="TripTables"/>; it stays the caller's to close.</param>
public sealed class SqliteUndoDecisions(SqliteDatabase database) : IUndoDecisions
{
    private const string IsAbout = $"trip = {SqliteTripNumbers.OfId} AND leg = ? AND failure = ?";

    /// <inheritdoc/>
    public Task<KeptDecision> AddAsync(KeptDecision decision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return database.WriteAsync(session => Add(session, decision), cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> MarkDeliveredAsync(KeptDecision decision, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return database.WriteAsync(
            session =>
                About(session, $"UPDATE undo_decisions SET is_delivered = 1 WHERE {IsAbout} AND is_delivered = 0", decision).Run() > 0,
            cancellation);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeptDecision> ListUndeliveredAsync(
        DateTimeOffset olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var decision in await database.ReadAsync(session => ReadUndelivered(session, olderThan), cancellation))
        {
            yield return decision;
        }
    }

    private static KeptDecision Add(SqliteSession session, KeptDecision kept)
    {
        var row = About(session, $"SELECT decision, is_delivered FROM undo_decisions WHERE {IsAbout}", kept);
        if (row.Read())
        {
            return new KeptDecision(kept.TripId, Read(row.Text(0)), row.Number(1) != 0);
        }

        SqliteTripNumbers.Give(session, kept.TripId);
        About(
            session,
            $"""
            INSERT INTO undo_decisions (trip, leg, failure, decided_at, decision, is_delivered)
            VALUES ({SqliteTripNumbers.OfId}, ?, ?, ?, ?, 0)
            """,
            kept)
            .Bind(kept.Decision.At.UtcDateTime)
            .Bind(JsonSerializer.Serialize(kept.Decision))
            .Run();
        return kept;
    }

    private static List<KeptDecision> ReadUndelivered(SqliteSession session, DateTimeOffset olderThan)
    {
        var rows = session.Statement(
            """
            SELECT id, decision FROM undo_decisions JOIN trip_numbers ON number = trip
            WHERE is_delivered = 0 AND decided_at < ? ORDER BY decided_at
            """)
            .Bind(olderThan.UtcDateTime);
        List<KeptDecision> undelivered = [];
        while (rows.Read())
        {
            undelivered.Add(new KeptDecision(rows.Text(0), Read(rows.Text(1))));
        }

        return undelivered;
    }

    private static SqliteStatement About(SqliteSession session, string sql, KeptDecision kept) =>
        session.Statement(sql).Bind(kept.TripId).Bind(kept.Decision.Leg.ToString()).Bind(kept.Decision.Failure);

    private static UndoDecision Read(string json) => JsonSerializer.Deserialize<UndoDecision>(json)!;
}
