using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.History;

/// <summary>Reads and writes the rows of histories: one a turn.</summary>
internal static class HistoryRows
{
    /// <summary>Appends a turn.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="key">The instance's key.</param>
    /// <param name="turn">The turn's number, from 0.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="customStatus">The custom status if it has changed, empty for none.</param>
    /// <param name="events">The turn's events, as JSON in UTF-8.</param>
    public static void Append(SqliteSession session, long key, int turn, DateTime now, string? customStatus, byte[] events) =>
        session.Statement("INSERT INTO history (instance_key, turn, updated_at, custom_status, events) VALUES (?, ?, ?, ?, ?)")
            .Bind(key).Bind(turn).Bind(now).Bind(customStatus).Bind(events).Run();

    /// <summary>Removes an instance's history.</summary>
    public static void Delete(SqliteSession session, long key) =>
        session.Statement("DELETE FROM history WHERE instance_key = ?").Bind(key).Run();

    /// <summary>Counts an instance's turns.</summary>
    public static int Count(SqliteSession session, long key)
    {
        var row = session.Statement("SELECT COALESCE(MAX(turn) + 1, 0) FROM history WHERE instance_key = ?").Bind(key);
        var count = row.Read() ? (int)row.Number(0) : 0;
        row.Reset();
        return count;
    }

    /// <summary>Reads an instance's history; null if the instance is gone.</summary>
    public static StoredHistory? Read(SqliteSession session, long key)
    {
        var row = session.Statement("SELECT instance_id, input, output, failure, start FROM instances WHERE key = ?").Bind(key);
        if (!row.Read())
        {
            return null;
        }

        StoredTexts texts = new(row.Text(0), row.TextOrNull(1), row.TextOrNull(2), row.TextOrNull(3));
        var start = row.Text(4);
        row.Reset();

        List<string> turns = [];
        string? customStatus = null;
        var turn = session.Statement("SELECT events, custom_status FROM history WHERE instance_key = ? ORDER BY turn").Bind(key);
        while (turn.Read())
        {
            turns.Add(turn.Text(0));
            customStatus = turn.TextOrNull(1) ?? customStatus;
        }

        return new StoredHistory(texts, start, turns, customStatus is "" ? null : customStatus);
    }
}
