using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Storage;

/// <summary>Tells what goes wrong with the file or its disk from what goes wrong with a statement.</summary>
internal static class SqliteFaults
{
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Says why the file can't be used.</summary>
    /// <returns>What to throw instead, or null if the file isn't to blame.</returns>
    public static StoreUnavailableException? Explain(string path, Exception exception) => (exception as SqliteException)?.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => new(
            $"The store '{path}' is damaged ({exception.Message}). Stop the program, and restore the file from a backup.", exception),
        Full or InputOutput or CannotOpen => new(
            $"The store '{path}' could not be read or written: {exception.Message} Check the disk's space and health.", exception),
        _ => null,
    };
}
