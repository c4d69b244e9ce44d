using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A table of numbered notes.</summary>
internal static class Notes
{
    public static SqliteSchema Schema { get; } = new(
        "notes", ["CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL, thread INTEGER NOT NULL) STRICT"]);

    /// <summary>Adds a note, within a write.</summary>
    /// <returns>The thread that made the write.</returns>
    public static int Add(SqliteSession session, int id)
    {
        session.Statement("INSERT INTO notes (id, text, thread) VALUES (?, ?, ?)")
            .Bind(id).Bind($"note {id}").Bind(Environment.CurrentManagedThreadId).Run();
        return Environment.CurrentManagedThreadId;
    }

    public static Task<int> AddAsync(SqliteDatabase database, int id) => database.WriteAsync(session => Add(session, id));

    public static IReadOnlyList<int> Read(SqliteSession session)
    {
        List<int> ids = [];
        var rows = session.Statement("SELECT id FROM notes ORDER BY id");
        while (rows.Read())
        {
            ids.Add((int)rows.Number(0));
        }

        return ids;
    }

    public static Task<IReadOnlyList<int>> ReadAsync(SqliteDatabase database) => database.ReadAsync(Read, default);
}
