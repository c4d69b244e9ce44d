namespace BookingFunctions.Tests.EndToEnd;

/// <summary>
/// A database file of a test, in a folder of its own that is removed with it. Whatever a test does with an application, nothing
/// may be held for nobody in its file in the end, or be missing.
/// </summary>
public sealed class DataFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trips-");

    /// <summary>Whether an application has had it.</summary>
    public bool IsOfAnApp { get; set; }

    /// <summary>The file's full path; it needn't exist yet.</summary>
    public string Path => System.IO.Path.Combine(folder.FullName, "trips.db");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsOfAnApp && File.Exists(Path))
        {
            StoppedData.AssertReconciledAsync(Path).GetAwaiter().GetResult();
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
