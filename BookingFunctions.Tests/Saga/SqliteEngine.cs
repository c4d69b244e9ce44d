using BookingFunctions.Local.Backends;
using BookingFunctions.Tests.Local;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Settings;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Saga;

/// <summary>The Durable Task Framework's worker on a file of a test's own, with no host around it.</summary>
internal sealed class SqliteEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider clock;
    private readonly HostSettings settings;
    private TaskHubWorker? worker;

    /// <param name="clock">The time of timers and of what is stored; the system's by default.</param>
    /// <param name="settings">The version of new instances; none by default.</param>
    public SqliteEngine(TimeProvider? clock = null, HostSettings? settings = null)
    {
        this.clock = clock ?? TimeProvider.System;
        this.settings = settings ?? new HostSettings();
        (Backend, Client) = Connect();
    }

    public TripStores Stores { get; } = new();

    public SqliteBackend Backend { get; private set; }

    public LocalDurableTaskClient Client { get; private set; }

    /// <summary>How early timers fire by the time of turns, as on Azure Storage; not at all by default.</summary>
    public TimeSpan TimersAdvance { get; init; }

    /// <summary>Starts a worker.</summary>
    public async Task StartAsync(Func<IOrchestrationService, TaskHubWorker> create)
    {
        worker = create(Backend.Service);
        worker.AddOrchestrationDispatcherMiddleware((context, next) =>
        {
            // The framework stamps the start of a turn by the system's clock.
            foreach (var started in context.GetProperty<OrchestrationRuntimeState>().NewEvents.OfType<OrchestratorStartedEvent>())
            {
                started.Timestamp = (clock.GetUtcNow() - TimersAdvance).UtcDateTime;
            }

            return next();
        });
        await Backend.Service.CreateIfNotExistsAsync();
        await worker.StartAsync();
    }

    /// <summary>Stops, and goes on from the file with another worker.</summary>
    public async Task RestartAsync(Func<IOrchestrationService, TaskHubWorker> create)
    {
        await StopAsync();
        await Stores.ReopenAsync();
        (Backend, Client) = Connect();
        await StartAsync(create);
    }

    /// <summary>Runs an instance to its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null) =>
        await WaitAsync(await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input));

    /// <summary>Waits until an instance has ended.</summary>
    public async Task<OrchestrationMetadata> WaitAsync(string instance)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Stores.DisposeAsync();
    }

    private (SqliteBackend Backend, LocalDurableTaskClient Client) Connect()
    {
        var backend = new SqliteBackend(Stores.Database, settings, clock, NullLoggerFactory.Instance);
        return (backend, new LocalDurableTaskClient(
            backend, new LocalDurableTaskClientOptions { DefaultVersion = settings.DefaultVersion, Clock = clock }));
    }

    private async Task StopAsync()
    {
        if (worker is not null)
        {
            await worker.StopAsync(isForced: true);
            worker.Dispose();
        }

        await Backend.DisposeAsync();
    }
}
