using BookingFunctions.Benchmarks.Servers;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Benchmarks.Scaling;

/// <summary>The engine on a fresh file, without a host, with orchestrators that grow as they are told.</summary>
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
    private readonly ServiceProvider services;
    private readonly DurableEngine engine;

    private BareEngine(SqliteDatabase database, ServiceProvider services, DurableEngine engine)
    {
        this.database = database;
        this.services = services;
        this.engine = engine;
    }

    /// <summary>Starts and waits for instances.</summary>
    public DurableTaskClient Client => engine.Client;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The folder for its file.</param>
    public static async Task<BareEngine> StartAsync(string folder)
    {
        var database = SqliteDatabase.Open(Path.Combine(Folders.Fresh(folder), "engine.db"));
        var services = new ServiceCollection().BuildServiceProvider();
        var engine = new DurableEngine(new SqliteOrchestrationStore(database), Tasks(), services);
        await engine.StartAsync(CancellationToken.None);
        return new(database, services, engine);
    }

    /// <summary>Runs an instance to its end.</summary>
    public async Task RunAsync(string orchestrator, int size)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, size);
        await Client.WaitForInstanceCompletionAsync(id);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    private static DurableTaskRegistry Tasks() => new DurableTaskRegistry()
        .AddActivityFunc<int, int>(Step, (_, number) => number)
        .AddOrchestratorFunc<int, int>(Sequence, async (context, steps) =>
        {
            var sum = 0;
            for (var step = 0; step < steps; step++)
            {
                sum += await context.CallActivityAsync<int>(Step, 1);
            }

            return sum;
        })
        .AddOrchestratorFunc<int, int>(FanOut, async (context, width) =>
            (await Task.WhenAll(Enumerable.Range(0, width).Select(_ => context.CallActivityAsync<int>(Step, 1)))).Sum())
        .AddOrchestratorFunc<int, int>(Wait, (context, _) => context.WaitForExternalEvent<int>("Go"));
}
