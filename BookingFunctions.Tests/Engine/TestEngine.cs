using DurableTask.Core.History;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Engine;

/// <summary>An engine with no host around it. It can be stopped and started again on its store, with other code.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider services;
    private DurableEngineOptions? options;
    private readonly TimeProvider? clock;
    private readonly ILoggerFactory? loggers;
    private DurableEngine engine = null!;

    private TestEngine(
        IOrchestrationStore store,
        DurableEngineOptions? options,
        TimeProvider? clock,
        Action<IServiceCollection>? addServices,
        ILoggerFactory? loggers)
    {
        Store = store;
        this.options = options;
        this.clock = clock;
        this.loggers = loggers;
        var collection = new ServiceCollection();
        addServices?.Invoke(collection);
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    public IOrchestrationStore Store { get; }

    public DurableTaskClient Client => engine.Client;

    public static async Task<TestEngine> StartAsync(
        Action<DurableTaskRegistry> tasks,
        IOrchestrationStore? store = null,
        DurableEngineOptions? options = null,
        TimeProvider? clock = null,
        Action<IServiceCollection>? services = null,
        ILoggerFactory? loggers = null)
    {
        var test = new TestEngine(store ?? new InMemoryOrchestrationStore(), options, clock, services, loggers);
        await test.StartEngineAsync(tasks);
        return test;
    }

    /// <summary>Stops, and starts a new engine with this code on the same store.</summary>
    public async Task RestartAsync(Action<DurableTaskRegistry> tasks, DurableEngineOptions? newOptions = null)
    {
        await engine.DisposeAsync();
        options = newOptions ?? options;
        await StartEngineAsync(tasks);
    }

    public Task StopAsync(CancellationToken cancellation = default) => engine.StopAsync(cancellation);

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? id = null)
    {
        var instance = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id));
        return await WaitAsync(instance);
    }

    public async Task<OrchestrationMetadata> WaitAsync(string instance)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await Client.WaitForInstanceCompletionAsync(instance, getInputsAndOutputs: true, patience.Token);
    }

    /// <summary>Waits until an instance has a custom status.</summary>
    public async Task WaitForCustomStatusAsync(string instance, string json) =>
        await UntilAsync(async () => (await Client.GetInstanceAsync(instance, true))?.SerializedCustomStatus == json);

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public async Task<EventType[]> EventTypesAsync(string instance) =>
        [.. (await Client.GetOrchestrationHistoryAsync(instance)).Select(historyEvent => historyEvent.EventType)];

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
    }

    private async Task StartEngineAsync(Action<DurableTaskRegistry> tasks)
    {
        var registry = new DurableTaskRegistry();
        tasks(registry);
        engine = new DurableEngine(Store, registry, services, options, clock, loggers);
        await engine.StartAsync(CancellationToken.None);
    }
}
