using BookingFunctions.Benchmarks.Servers;
using DurableTask.Core;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Benchmarks.Scaling;

/// <summary>The Durable Task Framework on a fresh SQLite file, without a host, with orchestrators of any size.</summary>
internal sealed class BareEngine : IAsyncDisposable
{
    /// <summary>Runs so many activities, one after the other.</summary>
    public const string Sequence = "Sequence";

    /// <summary>Runs so many activities at once.</summary>
    public const string FanOut = "FanOut";

    /// <summary>Waits for an event.</summary>
    public const string Wait = "Wait";

    private const string Step = "Step";

    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationService service;
    private readonly TaskHubWorker worker;
    private readonly TaskHubClient client;

    private BareEngine(SqliteDatabase database)
    {
        this.database = database;
        service = new SqliteOrchestrationService(database, new SqliteOrchestrationServiceSettings());
        client = new TaskHubClient(service);
        worker = new TaskHubWorker(service, NullLoggerFactory.Instance) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        var shims = new DurableTaskShimFactory(new DurableTaskWorkerOptions(), NullLoggerFactory.Instance);
        worker.AddTaskActivities(new Creator<TaskActivity>(
            Step, () => shims.CreateActivity<int, int>(Step, (_, number) => Task.FromResult(number))));
        worker.AddTaskOrchestrations(
            Orchestrator(shims, Sequence, RunInSequenceAsync),
            Orchestrator(shims, FanOut, async (context, width) =>
                (await Task.WhenAll(Enumerable.Range(0, width).Select(_ => context.CallActivityAsync<int>(Step, 1)))).Sum()),
            Orchestrator(shims, Wait, (context, _) => context.WaitForExternalEvent<int>("Go")));
    }

    /// <summary>Starts it.</summary>
    /// <param name="folder">The folder for its file.</param>
    public static async Task<BareEngine> StartAsync(string folder)
    {
        var file = Path.Combine(Folders.Fresh(folder), "engine.db");
        var engine = new BareEngine(SqliteDatabase.Open(new SqliteDatabaseOptions { Path = file }));
        await engine.worker.StartAsync();
        return engine;
    }

    /// <summary>Starts an instance.</summary>
    public Task<OrchestrationInstance> ScheduleAsync(string orchestrator, int size) =>
        client.CreateOrchestrationInstanceAsync(orchestrator, "", Guid.NewGuid().ToString("N"), size);

    /// <summary>Runs an instance to its end.</summary>
    public async Task RunAsync(string orchestrator, int size) =>
        await client.WaitForOrchestrationAsync(await ScheduleAsync(orchestrator, size), Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync(isForced: true);
        worker.Dispose();
        service.Dispose();
        await database.DisposeAsync();
    }

    private static Creator<TaskOrchestration> Orchestrator(
        DurableTaskShimFactory shims, string name, Func<TaskOrchestrationContext, int, Task<int>> run) =>
        new(name, () => shims.CreateOrchestration(name, run));

    private static async Task<int> RunInSequenceAsync(TaskOrchestrationContext context, int steps)
    {
        var sum = 0;
        for (var step = 0; step < steps; step++)
        {
            sum += await context.CallActivityAsync<int>(Step, 1);
        }

        return sum;
    }

    private sealed class Creator<T> : ObjectCreator<T>
    {
        private readonly Func<T> create;

        public Creator(string name, Func<T> create)
        {
            this.create = create;
            Name = name;
            Version = "";
        }

        public override T Create() => create();
    }
}
