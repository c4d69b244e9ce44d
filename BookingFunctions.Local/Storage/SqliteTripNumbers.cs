using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>
/// Numbers the trips of a file in the order in which something was first kept for them. Ids are random, so that an index of them
/// writes a page for each: what belongs to a trip is found by its number, and lies beside what was written at the same time.
/// </summary>
internal static class SqliteTripNumbers
{
    /// <summary>Makes the table, unless it is there. Numbers are never removed, and so never mean another trip.</summary>
    public const string Schema = "CREATE TABLE IF NOT EXISTS trip_numbers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;";

    /// <summary>Takes the id of something that belongs to a trip apart; both parts together are the id.</summary>
    /// <param name="id">Any text; that of a trip, a dash, and a word, if it was made by the app.</param>
    /// <returns>What has the number, and the rest.</returns>
    public static (string Trip, string Part) Split(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        int dash = id.LastIndexOf('-');
        return dash < 0 ? (id, "") : (id[..dash], id[dash..]);
    }

    /// <summary>Gives a trip its number, within a write, unless it has one.</summary>
    public static void Give(SqliteSession session, string trip) =>
        session.Statement("INSERT INTO trip_numbers (id) VALUES (?) ON CONFLICT (id) DO NOTHING").Bind(trip).Run();

    /// <summary>Whether a table of the file is from before trips had numbers: its rows were found by their ids.</summary>
    public static bool IsMissingIn(SqliteSession session, string table)
    {
        SqliteStatement columns = session.Statement(
            $"SELECT count(*) > 0 AND sum(type = 'INTEGER' AND pk = 1) = 0 FROM pragma_table_info('{table}')");
        bool isMissing = columns.Read() && columns.Number(0) != 0;

        // To its end: a table that is being read can't be dropped.
        columns.Read();
        return isMissing;
    }
}
