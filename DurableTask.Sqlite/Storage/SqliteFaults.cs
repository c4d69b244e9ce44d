using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Storage;

/// <summary>Distinguishes faults of the file or its disk from faults of a statement.</summary>
internal static class SqliteFaults
{
    private const int OutOfMemory = 7;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Whether a write failed because nothing can be written at the moment.</summary>
    /// <remarks>Damage is not among these: it concerns only reads and writes of the damaged pages.</remarks>
    public static bool IsOfDisk(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: OutOfMemory or InputOutput or Full or CannotOpen };

    /// <summary>Whether a damaged page was met.</summary>
    public static bool IsDamage(Exception exception) => exception is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>Says why the file can't be used.</summary>
    /// <returns>What to throw instead, or null if the file isn't to blame.</returns>
    public static StoreUnavailableException? Explain(string path, Exception exception) =>
        (exception as SqliteException)?.SqliteErrorCode switch
        {
            Corrupt or NotADatabase => new(
                $"The store '{path}' is damaged ({exception.Message}). Stop the program, and restore the file from a backup.", exception),
            Full or InputOutput or CannotOpen => new(
                $"The store '{path}' could not be read or written: {exception.Message} Check the disk's space and health.", exception),
            _ => null,
        };
}
