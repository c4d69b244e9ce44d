using BookingFunctions.Local.Storage;
using BookingFunctions.Local.WhatIf;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.EndToEnd;

/// <summary>
/// A database file of a test, in a folder of its own that is removed with it. Whatever a test does with an application, in the end its file
/// may hold no reservation that no trip wants, and none may be missing.
/// </summary>
public sealed class DataFile : IAppState, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trips-");
    private bool isOfAnApp;

    /// <summary>The file's full path; it needn't exist yet.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "trips.db");

    /// <inheritdoc/>
    public string Folder => folder.FullName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Arguments => ["--data", Path];

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <inheritdoc/>
    public void Use() => isOfAnApp = true;

    /// <summary>Opens the file, which no application has at the time.</summary>
    public SqliteDatabase Open() =>
        SqliteDatabase.Open(new SqliteDatabaseOptions { Path = Path, Schemas = [TripTables.Schema, Suppliers.Schema] });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (isOfAnApp && File.Exists(Path))
        {
            StoppedData.AssertReconciledAsync(this).GetAwaiter().GetResult();
        }

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
