using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>The numbers of trips, by which what belongs to them is found.</summary>
internal static class SqliteTripNumbers
{
    /// <summary>An expression: the number of the trip whose id is the next parameter.</summary>
    public const string OfId = "(SELECT number FROM trip_numbers WHERE id = ?)";

    /// <summary>Splits the id of something that belongs to a trip; both parts together are the id.</summary>
    /// <param name="id">Any text; that of a trip, a dash, and a word, if it was made by the app.</param>
    /// <returns>What has the number, and the rest.</returns>
    public static (string Trip, string Part) Split(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var dash = id.LastIndexOf('-');
        return dash < 0 ? (id, "") : (id[..dash], id[dash..]);
    }

    /// <summary>Gives a trip its number, within a write, unless it has one.</summary>
    public static void Give(SqliteSession session, string trip) =>
        session.Statement("INSERT INTO trip_numbers (id) VALUES (?) ON CONFLICT (id) DO NOTHING").Bind(trip).Run();
}
