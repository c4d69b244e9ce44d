using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process that has no special rights, and prints what it gets when it opens a file.</summary>
internal static class PowerlessUser
{
    public static async Task RunAsync(string path)
    {
        // What a user without rights may be unable to load is loaded before.
        string loads = Path.Combine(Directory.CreateTempSubdirectory("trips-").FullName, "trips.db");
        await SqliteDatabase.Open(loads).DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(loads)!, recursive: true);

        Posix.BecomeNobody();
        await Console.Out.WriteLineAsync(await OpenAsync(path));
    }

    private static async Task<string> OpenAsync(string path)
    {
        try
        {
            await SqliteDatabase.Open(path).DisposeAsync();
            return "opened";
        }
        catch (StoreOpenException exception)
        {
            return exception.Message;
        }
    }
}
