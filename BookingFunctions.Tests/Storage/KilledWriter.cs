namespace BookingFunctions.Tests.Storage;

/// <summary>A process that commits turns of all trips of a store at once, until it is killed.</summary>
internal static class KilledWriter
{
    /// <summary>Commits, and prints each turn that was acknowledged: "trip turn".</summary>
    public static async Task RunAsync(string path)
    {
        await using var database = StoreFile.Open(path, Turns.Schema);
        var last = await Turns.ReadLastAsync(database);

        // Small enough that checkpoints are interrupted as well.
        await database.WriteAsync(session => session.RunScript("PRAGMA wal_autocheckpoint = 300"));
        await Task.WhenAll(last.Select(async trip =>
        {
            for (var turn = trip.Value + 1; ; turn++)
            {
                await Turns.CommitAsync(database, trip.Key, turn);
                await Console.Out.WriteLineAsync($"{trip.Key} {turn}");
            }
        }));
    }
}
