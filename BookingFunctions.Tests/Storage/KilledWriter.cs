using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process that commits turns of all instances of a store at once, until it is killed.</summary>
internal static class KilledWriter
{
    /// <summary>Commits, and says of each turn that was acknowledged: "key turn".</summary>
    public static async Task RunAsync(string path)
    {
        await using SqliteDatabase database = SqliteDatabase.Open(path);
        SqliteOrchestrationStore store = new(database);
        Dictionary<long, int> last = await Turns.ReadLastAsync(database);

        // Small enough that checkpoints are interrupted as well.
        await database.WriteAsync(session => session.RunScript("PRAGMA wal_autocheckpoint = 300"));
        await Task.WhenAll(last.Select(async instance =>
        {
            for (int turn = instance.Value + 1; ; turn++)
            {
                await Turns.CommitAsync(store, instance.Key, turn);
                await Console.Out.WriteLineAsync($"{instance.Key} {turn}");
            }
        }));
    }
}
