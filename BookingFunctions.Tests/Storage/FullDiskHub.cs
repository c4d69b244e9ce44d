using System.Collections.Concurrent;
using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Storage;

/// <summary>A process whose disk is full while orchestrations are under way. It prints what it gets.</summary>
internal static class FullDiskHub
{
    private const int Trips = 20;

    private static readonly ConcurrentDictionary<string, int> Runs = new();
    private static readonly TaskCompletionSource Begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static readonly TaskCompletionSource Booked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task RunAsync(string path)
    {
        await using var database = StoreFile.Open(path);
        TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        database.TransactionLost += _ => lost.TrySetResult();
        using SqliteOrchestrationService service = new(database, new SqliteOrchestrationServiceSettings());
        using TaskHubWorker worker = new(service, NullLoggerFactory.Instance);
        worker.AddTaskOrchestrations(typeof(Trip)).AddTaskActivities(typeof(Book));
        await worker.StartAsync();
        TaskHubClient client = new(service);
        var trips = await Task.WhenAll(Enumerable.Range(1, Trips).Select(trip => StartAsync(client, $"trip-{trip}")));
        await Begun.Task;

        // Nothing can be appended any more: no turn is committed until there is room again.
        Posix.LimitFileSize(new FileInfo(path + "-wal").Length);
        Booked.SetResult();
        await lost.Task;
        var refusal = await Record.ExceptionAsync(() => StartAsync(client, "refused"));
        Console.WriteLine(refusal?.GetType().Name);
        Console.WriteLine($"{await CountCompletedAsync(service)} completed");

        Posix.LimitFileSize(null);
        await Task.WhenAll(trips.Select(trip => client.WaitForOrchestrationAsync(trip, TimeSpan.FromMinutes(2))));
        var accepted = await StartAsync(client, "accepted");
        await client.WaitForOrchestrationAsync(accepted, TimeSpan.FromMinutes(2));
        Console.WriteLine($"{await CountCompletedAsync(service)} completed");

        // Each open activity runs at most once more per outage.
        Console.WriteLine($"{Runs.Count} activities, {Runs.Values.Count(runs => runs > 1 + database.Epoch)} too often");
        await worker.StopAsync(isForced: true);
    }

    private static Task<OrchestrationInstance> StartAsync(TaskHubClient client, string id) =>
        client.CreateOrchestrationInstanceAsync(typeof(Trip), id, null);

    private static async Task<int> CountCompletedAsync(SqliteOrchestrationService service)
    {
        OrchestrationQuery query = new() { RuntimeStatus = [OrchestrationStatus.Completed], PageSize = 2 * Trips };
        return (await service.GetOrchestrationWithQueryAsync(query, default)).OrchestrationState.Count;
    }

    internal sealed class Trip : TaskOrchestration<string, string>
    {
        public override async Task<string> RunTask(OrchestrationContext context, string input) =>
            await context.ScheduleTask<string>(typeof(Book), "car") + await context.ScheduleTask<string>(typeof(Book), "hotel");
    }

    internal sealed class Book : AsyncTaskActivity<string, string>
    {
        protected override async Task<string> ExecuteAsync(TaskContext context, string input)
        {
            Runs.AddOrUpdate($"{context.OrchestrationInstance.InstanceId} {input}", 1, (_, runs) => runs + 1);
            if (Runs.Count == Trips)
            {
                Begun.TrySetResult();
            }

            await Booked.Task;
            return input;
        }
    }
}
