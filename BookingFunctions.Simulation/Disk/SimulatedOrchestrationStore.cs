using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Disk;

/// <summary>The orchestration store that one process sees.</summary>
internal sealed class SimulatedOrchestrationStore(DurableImage disk, GroupWriter writer) : IOrchestrationStore
{
    public Task<OpenWork> ReadOpenWorkAsync(CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Orchestrations.ReadOpenWorkAsync(cancellation), cancellation);

    public Task<OrchestrationStatus?> CreateAsync(NewInstance instance, IReadOnlyCollection<OrchestrationStatus> replaceable) =>
        writer.WriteAsync($"create {instance.Row.InstanceId}", contents => contents.Orchestrations.CreateAsync(instance, replaceable));

    public Task<StartResult> StartAsync(TurnCommit firstTurn, IReadOnlyCollection<OrchestrationStatus> replaceable) =>
        writer.WriteAsync($"start {firstTurn.Row.InstanceId}: {firstTurn.Row.Status}", contents => contents.StartAsync(firstTurn, replaceable));

    public Task<OrchestrationStatus?> PostAsync(InstanceMessage message) =>
        writer.WriteAsync($"post #{message.Id} to {message.InstanceId}", contents => contents.Orchestrations.PostAsync(message));

    public Task<TurnResult> CommitAsync(TurnCommit turn) =>
        writer.WriteAsync($"turn {turn.Turn} of {turn.Row.InstanceId}: {turn.Row.Status}", contents => contents.CommitAsync(turn));

    public Task RemoveActivityAsync(long instanceKey, long activityId) => writer.WriteAsync(
        $"remove activity #{activityId}",
        async contents =>
        {
            await contents.Orchestrations.RemoveActivityAsync(instanceKey, activityId);
            return true;
        });

    public Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds) =>
        writer.WriteAsync($"purge {string.Join(' ', instanceIds)}", contents => contents.Orchestrations.PurgeAsync(instanceIds));

    public Task<InstanceRow?> ReadAsync(string instanceId, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Orchestrations.ReadAsync(instanceId, cancellation), cancellation);

    public Task<StoredInstance?> LoadAsync(string instanceId, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Orchestrations.LoadAsync(instanceId, cancellation), cancellation);

    public Task<InstancePage> QueryAsync(InstanceQuery query, CancellationToken cancellation) =>
        writer.ReadAsync(() => disk.Orchestrations.QueryAsync(query, cancellation), cancellation);
}
