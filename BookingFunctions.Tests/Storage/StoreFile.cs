using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A store's file of a test, in a folder of its own that is removed with it.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trips-");

    /// <summary>The file's full path; it needn't exist yet.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "trips.db");

    /// <summary>Opens the file with the tables of a component beside the orchestrations'.</summary>
    public SqliteDatabase Open(params SqliteSchema[] schemas) => Open(Path, schemas);

    public static SqliteDatabase Open(string path, params SqliteSchema[] schemas) =>
        SqliteDatabase.Open(new SqliteDatabaseOptions { Path = path, Schemas = schemas });

    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that is still ending may hold the file; the folder is a temporary one.
        }
    }
}
