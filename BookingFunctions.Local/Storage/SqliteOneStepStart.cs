using BookingFunctions.Storage;
using LocalRuntime.Storage;

namespace BookingFunctions.Local.Storage;

/// <summary>Starts trips in the SQLite file of the embedded host, which has the directory and the orchestrations.</summary>
public sealed class SqliteOneStepStart : IOneStepStart
{
    private readonly SqliteDatabase database;

    /// <summary>Makes the starts of a file.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    /// <param name="directory">Its directory, which has made its table.</param>
    public SqliteOneStepStart(SqliteDatabase database, ITripDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(directory);
        this.database = database;
    }

    /// <inheritdoc/>
    public async Task<bool> TryStartAsync(TripEntry entry, Func<Task> schedule)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(schedule);
        try
        {
            await database.WriteWithNextAsync(session => SqliteTripDirectory.Add(session, entry), schedule);
            return true;
        }
        catch (IdTakenException)
        {
            return false;
        }
    }
}
