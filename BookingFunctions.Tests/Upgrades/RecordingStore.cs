using System.Collections.Concurrent;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Upgrades;

/// <summary>A store in memory that writes down what is written to it.</summary>
internal sealed class RecordingStore : IOrchestrationStore
{
    private readonly InMemoryOrchestrationStore store = new();
    private readonly ConcurrentQueue<RecordedWrite> writes = [];

    public IReadOnlyList<RecordedWrite> Writes => [.. writes];

    public Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation) => store.ReadOpenWorkAsync(cancellation);

    public Task<OrchestrationStatus?> CreateAsync(NewInstance instance, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        writes.Enqueue(new RecordedWrite { Create = instance, Replaceable = [.. replaceable] });
        return store.CreateAsync(instance, replaceable);
    }

    public Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        writes.Enqueue(new RecordedWrite { Start = firstTurn, Replaceable = [.. replaceable] });
        return store.StartAsync(firstTurn, replaceable);
    }

    public Task<OrchestrationStatus?> PostAsync(InstanceMessage message)
    {
        writes.Enqueue(new RecordedWrite { Post = message });
        return store.PostAsync(message);
    }

    public Task<TurnResult> CommitAsync(TurnCommit turn)
    {
        writes.Enqueue(new RecordedWrite { Commit = turn });
        return store.CommitAsync(turn);
    }

    public Task RemoveActivityAsync(long instanceKey, long activityId)
    {
        writes.Enqueue(new RecordedWrite { Removed = [instanceKey, activityId] });
        return store.RemoveActivityAsync(instanceKey, activityId);
    }

    public Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds) => store.PurgeAsync(instanceIds);

    public Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation) => store.ReadAsync(instanceId, cancellation);

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation) => store.LoadAsync(instanceId, cancellation);

    public Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation) => store.QueryAsync(query, cancellation);
}
