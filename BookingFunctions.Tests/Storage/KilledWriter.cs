using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What this assembly does when it is run as a program: it writes to a store until it is killed.</summary>
public static class KilledWriter
{
    private const int Callers = 20;
    private const int TurnsAnInstance = 5;

    /// <summary>Creates instances and commits their turns, and says of each turn that was acknowledged so: "instance turn".</summary>
    /// <param name="args">The store's file.</param>
    public static async Task Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        await using SqliteDatabase database = SqliteDatabase.Open(args[0]);
        SqliteOrchestrationStore store = new(database);
        long lastKey = (await store.ReadOpenWorkAsync(default)).LastInstanceKey;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (true)
            {
                await RunInstanceAsync(store, Interlocked.Increment(ref lastKey));
            }
        }));
    }

    /// <summary>The message that a turn leaves in its instance's inbox, and the next one consumes.</summary>
    public static long MessageOf(long key, int turn) => (key * 1000) + turn;

    private static async Task RunInstanceAsync(SqliteOrchestrationStore store, long key)
    {
        InstanceRow row = new()
        {
            Key = key,
            InstanceId = $"trip-{key}",
            ExecutionId = "1",
            Name = "BookTrip",
            Status = OrchestrationStatus.Running,
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
        };
        await store.CreateAsync(new NewInstance(row, new InstanceMessage(MessageOf(key, 0), row.InstanceId, "start")), []);
        await Console.Out.WriteLineAsync($"{key} 0");
        for (int turn = 1; turn <= TurnsAnInstance; turn++)
        {
            await store.CommitAsync(new TurnCommit
            {
                Row = row with { CustomStatus = $"{turn}" },
                Turn = turn,
                Events = $"[{turn}]",
                ConsumedMessages = [MessageOf(key, turn - 1)],
                Messages = [new InstanceMessage(MessageOf(key, turn), row.InstanceId, "next")],
                FinishedActivities = [MessageOf(key, turn - 1)],
                Activities = [new ScheduledActivity(MessageOf(key, turn), key, row.InstanceId, "1", turn, "BookCar", null, null)],
            });
            await Console.Out.WriteLineAsync($"{key} {turn}");
        }
    }
}
