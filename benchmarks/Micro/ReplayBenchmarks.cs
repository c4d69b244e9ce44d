using BenchmarkDotNet.Attributes;
using LocalRuntime.Engine;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Storage;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Benchmarks.Micro;

/// <summary>What it takes to bring an instance back into memory once its history is read.</summary>
[MemoryDiagnoser]
public class ReplayBenchmarks
{
    private StoredInstance stored = null!;
    private InstanceLoader loader = null!;

    /// <summary>How many activities the history has.</summary>
    [Params(4, 100, 1000)]
    public int Activities { get; set; }

    /// <summary>Makes the history.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        stored = await StoredHistories.OfAsync(Activities);
        var services = new ServiceCollection().BuildServiceProvider();
        loader = new InstanceLoader(
            new InMemoryOrchestrationStore(), StoredHistories.Tasks, services, JsonDataConverter.Default, new Failures(services),
            TimeProvider.System, NullLoggerFactory.Instance, _ => { });
        if (Replay() != StoredHistories.Waiting)
        {
            throw new InvalidOperationException("The history isn't replayed to its end.");
        }
    }

    /// <summary>Parses the history, and runs the code along it.</summary>
    [Benchmark]
    public string? Replay()
    {
        var execution = loader.Create(stored.Row.InstanceId);
        execution.Replay(InstanceLoader.ReadHistory(stored));
        return execution.CustomStatus;
    }
}
