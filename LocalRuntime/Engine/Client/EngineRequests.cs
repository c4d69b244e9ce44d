using System.Diagnostics;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Engine.Tracing;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Client;

/// <summary>What a client can ask of the engine, in the store's terms. Each request is durable once its task completes.</summary>
internal sealed class EngineRequests(
    IOrchestrationStore store,
    StoreWriter writer,
    InstanceWaiters waiters,
    Rewinder rewinder,
    TimeProvider clock,
    DurableEngineOptions options,
    Func<InstanceRow, ExecutionStartedEvent, IReadOnlyCollection<OrchestrationStatus>, Task<OrchestrationStatus?>?> tryStart,
    Action<string, Delivery> deliver)
{
    private static readonly OrchestrationStatus[] Finished =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated, OrchestrationStatus.Canceled];

    public IOrchestrationStore Store => store;

    public TimeProvider Clock => clock;

    public string NewInstanceId() => options.NewGuid().ToString("N");

    /// <summary>Starts an instance.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is taken.</exception>
    public async Task StartAsync(StartRequest request)
    {
        InstanceIds.Check(request.InstanceId);
        var now = clock.GetUtcNow().UtcDateTime;
        var version = request.Version ?? options.DefaultVersion;
        version = version.Length == 0 ? null : version;
        var executionId = options.NewGuid().ToString("N");
        var started = new ExecutionStartedEvent(-1, request.Input)
        {
            Name = request.Name,
            Version = version,
            Timestamp = now,
            Generation = 0,
            OrchestrationInstance = new OrchestrationInstance { InstanceId = request.InstanceId, ExecutionId = executionId },
            Tags = request.Tags.ToDictionary(),
            ScheduledStartTime = request.StartAt is { } startAt && startAt > now ? startAt : null,
        };
        using var span = EngineSpans.StartCreation(started);
        var row = new InstanceRow
        {
            Key = 0,
            InstanceId = request.InstanceId,
            ExecutionId = executionId,
            Name = request.Name,
            Version = version,
            Status = OrchestrationStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
            Input = request.Input,
            Tags = InstanceTags.Write(request.Tags),
        };
        var replaceable = Finished.Except(request.DedupeStatuses).ToArray();
        if (await (tryStart(row, started, replaceable) ?? CreateAsync(row, started, replaceable)) is { } taken)
        {
            span?.SetStatus(ActivityStatusCode.Error, "The id is taken.");
            throw new OrchestrationAlreadyExistsException($"An Orchestration instance with the status {taken} already exists.");
        }
    }

    // Its first turn comes after it.
    private async Task<OrchestrationStatus?> CreateAsync(
        InstanceRow row, ExecutionStartedEvent started, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        var (taken, start) = await writer.CreateAsync(row, started, replaceable);
        if (taken is null)
        {
            deliver(row.InstanceId, start);
        }

        return taken;
    }

    /// <summary>Sends an event to an instance; it is dropped if there is none or it has ended.</summary>
    /// <exception cref="ArgumentException">The id is empty, or an entity's.</exception>
    public async Task SendAsync(string instanceId, HistoryEvent historyEvent, bool isRecursive = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (InstanceIds.IsEntity(instanceId))
        {
            InstanceIds.Check(instanceId);
        }

        using var span = EngineSpans.StartEvent(instanceId, historyEvent);
        historyEvent.Timestamp = clock.GetUtcNow().UtcDateTime;
        var (status, delivery) = await writer.PostAsync(instanceId, historyEvent, isRecursive);
        if (status is { } known && !TurnCommit.IsTerminal(known))
        {
            deliver(instanceId, delivery);
        }
    }

    /// <summary>Lets a failed instance go on from where it failed.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It can't be rewound.</exception>
    public Task RewindAsync(string instanceId, string? reason) => rewinder.RewindAsync(instanceId, reason);

    /// <summary>Finds the instances that an instance has started, and those that they have.</summary>
    public async Task<List<string>> FindDescendantsAsync(string instanceId, CancellationToken cancellation)
    {
        var found = new List<string>();
        var known = new HashSet<string> { instanceId };
        var parents = new Queue<string>([instanceId]);
        while (parents.TryDequeue(out var parent))
        {
            var query = new InstanceQuery { ParentInstanceId = parent, WithPayloads = false };
            do
            {
                var page = await store.QueryAsync(query, cancellation);
                foreach (var child in page.Rows.Select(row => row.InstanceId).Where(known.Add))
                {
                    found.Add(child);
                    parents.Enqueue(child);
                }

                query = query with { FromInstanceId = page.NextInstanceId };
            }
            while (query.FromInstanceId is not null);
        }

        return found;
    }

    /// <summary>Waits until an instance is as it should be.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public async Task<InstanceRow> WaitAsync(string instanceId, Func<InstanceRow, bool> isReached, CancellationToken cancellation) =>
        await waiters.WaitAsync(instanceId, isReached, cancellation)
        ?? throw new InvalidOperationException($"Orchestration with instanceId {instanceId} does not exist.");

    /// <summary>Reads an instance's history with its input.</summary>
    /// <returns>The events of its current execution in order, or null if there is no such instance.</returns>
    public async Task<List<HistoryEvent>?> ReadHistoryAsync(string instanceId, CancellationToken cancellation)
    {
        var stored = await store.LoadAsync(instanceId, cancellation);
        return stored is null ? null : InstanceLoader.ReadHistory(stored);
    }
}
