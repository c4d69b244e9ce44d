using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process that has no special rights, and prints what it gets when it opens a file.</summary>
internal static class PowerlessUser
{
    public static async Task RunAsync(string path)
    {
        // What a user without rights may be unable to load is loaded before.
        using (StoreFile other = new())
        {
            await other.Open(Turns.Schema).DisposeAsync();
        }

        Posix.DropRights();
        await Console.Out.WriteLineAsync(await OpenAsync(path));
    }

    private static async Task<string> OpenAsync(string path)
    {
        try
        {
            await StoreFile.Open(path, Turns.Schema).DisposeAsync();
            return "opened";
        }
        catch (StoreOpenException exception)
        {
            return exception.Message;
        }
    }
}
