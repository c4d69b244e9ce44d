using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>
/// Writes that touch several tables, so that half of one shows: each turn adds its events and replaces its trip's message; every tenth
/// drops the history.
/// </summary>
internal static class Turns
{
    // Finds what no number of whole turns leaves behind.
    private const string Halves =
        """
        SELECT id || ' after turn ' || last FROM turn_trips WHERE
          (SELECT count(*) FROM turn_events WHERE trip = turn_trips.id) <> CASE WHEN last < 10 THEN last ELSE last % 10 + 1 END
          OR coalesce((SELECT max(turn) FROM turn_events WHERE trip = turn_trips.id), 0) <> last
          OR EXISTS (SELECT 1 FROM turn_events WHERE trip = turn_trips.id AND events <> '[' || turn || ']')
          OR (SELECT group_concat(turn) FROM turn_messages WHERE trip = turn_trips.id) IS NOT CAST(last AS TEXT)
        UNION ALL SELECT 'events without a trip' FROM turn_events WHERE trip NOT IN (SELECT id FROM turn_trips)
        UNION ALL SELECT 'a message without a trip' FROM turn_messages WHERE trip NOT IN (SELECT id FROM turn_trips)
        UNION ALL SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'
        """;

    public static SqliteSchema Schema { get; } = new(
        "turns",
        [
            """
            CREATE TABLE turn_trips (id INTEGER PRIMARY KEY, last INTEGER NOT NULL, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE turn_events (id INTEGER PRIMARY KEY, trip INTEGER NOT NULL, turn INTEGER NOT NULL, events TEXT NOT NULL) STRICT;
            CREATE UNIQUE INDEX turn_events_by_trip ON turn_events (trip, turn);
            CREATE TABLE turn_messages (trip INTEGER NOT NULL, turn INTEGER NOT NULL, PRIMARY KEY (trip, turn)) STRICT, WITHOUT ROWID;
            """,
        ]);

    public static Task CreateAsync(SqliteDatabase database, long trip) => database.WriteAsync(session =>
    {
        session.Statement("INSERT INTO turn_trips (id, last, name) VALUES (?, 0, ?)").Bind(trip).Bind($"trip-{trip}").Run();
        session.Statement("INSERT INTO turn_messages (trip, turn) VALUES (?, 0)").Bind(trip).Run();
    });

    public static Task CommitAsync(SqliteDatabase database, long trip, int turn) => database.WriteAsync(session =>
    {
        if (turn % 10 == 0)
        {
            session.Statement("DELETE FROM turn_events WHERE trip = ?").Bind(trip).Run();
        }

        session.Statement("INSERT INTO turn_events (trip, turn, events) VALUES (?, ?, ?)").Bind(trip).Bind(turn).Bind($"[{turn}]").Run();
        session.Statement("DELETE FROM turn_messages WHERE trip = ? AND turn = ?").Bind(trip).Bind(turn - 1).Run();
        session.Statement("INSERT INTO turn_messages (trip, turn) VALUES (?, ?)").Bind(trip).Bind(turn).Run();
        session.Statement("UPDATE turn_trips SET last = ? WHERE id = ?").Bind(turn).Bind(trip).Run();
    });

    /// <summary>Reads the last turn of each trip, and makes sure that there are no halves.</summary>
    public static async Task<Dictionary<long, int>> CheckAsync(SqliteDatabase database)
    {
        Assert.Empty(await database.ReadAsync(session => Read(session, Halves, row => row.Text(0)), default));
        return await ReadLastAsync(database);
    }

    public static async Task<Dictionary<long, int>> ReadLastAsync(SqliteDatabase database) =>
        (await database.ReadAsync(
            session => Read(session, "SELECT id, last FROM turn_trips ORDER BY id", row => (Trip: row.Number(0), Last: (int)row.Number(1))),
            default)).ToDictionary(row => row.Trip, row => row.Last);

    /// <summary>The rows of a trip, as one text.</summary>
    public static string Describe(SqliteSession session, long trip) => string.Join(
        ';',
        Read(session, $"SELECT id || last || name FROM turn_trips WHERE name = 'trip-{trip}'", row => row.Text(0))
            .Concat(Read(session, $"SELECT turn || events FROM turn_events WHERE trip = {trip} ORDER BY turn", row => row.Text(0)))
            .Concat(Read(session, $"SELECT turn FROM turn_messages WHERE trip = {trip}", row => row.Text(0))));

    private static List<T> Read<T>(SqliteSession session, string sql, Func<SqliteStatement, T> read)
    {
        List<T> rows = [];
        var statement = session.Statement(sql);
        while (statement.Read())
        {
            rows.Add(read(statement));
        }

        return rows;
    }
}
