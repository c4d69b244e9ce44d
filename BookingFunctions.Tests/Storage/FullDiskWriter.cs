using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process whose disk is full for a while, by a limit on the size of its files. It prints what it gets.</summary>
internal static class FullDiskWriter
{
    public static async Task RunAsync(string path)
    {
        await using (var database = StoreFile.Open(path, Notes.Schema))
        {
            await WriteAsync(database);
        }

        Posix.LimitFileSize(0);
        var other = path + ".other";
        Print(await Record.ExceptionAsync(() => StoreFile.Open(other).DisposeAsync().AsTask()));
        Posix.LimitFileSize(null);
        await StoreFile.Open(other).DisposeAsync();
        Console.WriteLine("opened");
    }

    private static async Task WriteAsync(SqliteDatabase database)
    {
        TaskCompletionSource recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        database.TransactionLost += epoch => Console.WriteLine($"lost {epoch}");
        database.Recovered += recovered.SetResult;
        await Notes.AddAsync(database, 1);

        // Nothing can be appended any more, until there is room again.
        Posix.LimitFileSize(new FileInfo(database.Path + "-wal").Length);
        await database.WriteEarlyAsync(session => Notes.Add(session, 2));
        Print(await Record.ExceptionAsync(() => Notes.AddAsync(database, 3)));
        Print(await Record.ExceptionAsync(() => Notes.AddAsync(database, 4)));
        await PrintNotesAsync(database);

        Posix.LimitFileSize(null);
        await recovered.Task;
        Console.WriteLine("recovered");
        await Notes.AddAsync(database, 5);
        await PrintNotesAsync(database);
    }

    private static async Task PrintNotesAsync(SqliteDatabase database) =>
        Console.WriteLine($"notes {string.Join(' ', await Notes.ReadAsync(database))}");

    private static void Print(Exception? exception) => Console.WriteLine($"{exception?.GetType().Name}: {exception?.Message}");
}
