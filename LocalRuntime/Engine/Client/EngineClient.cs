using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using LocalRuntime.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LocalRuntime.Engine.Client;

/// <summary>The engine's <see cref="DurableTaskClient"/>.</summary>
/// <param name="requests">What it asks of the engine.</param>
/// <param name="converter">Turns values into JSON and back.</param>
/// <param name="givesFailureDetails">Whether it says why an instance failed.</param>
internal sealed class EngineClient(EngineRequests requests, DataConverter converter, bool givesFailureDetails)
    : DurableTaskClient("LocalRuntime"), IManagementPayloadSource
{
    private const int PurgePage = 500;

    public Func<string, HttpManagementPayload>? ManagementPayload { get; set; }

    /// <summary>The engine's requests, for the host's own needs.</summary>
    public EngineRequests Requests => requests;

    public HttpManagementPayload CreateHttpManagementPayload(string instanceId) => ManagementPayload is { } create
        ? create(instanceId)
        : throw new InvalidOperationException("There is no host around this engine that serves the management API.");

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var instanceId = options?.InstanceId ?? requests.NewInstanceId();
        await requests.StartAsync(new StartRequest(instanceId, orchestratorName.Name, converter.Serialize(input))
        {
            Version = options?.Version is { } given ? given.Version ?? "" : null,
            Tags = options?.Tags ?? new Dictionary<string, string>(),
            StartAt = options?.StartAt?.UtcDateTime,
            DedupeStatuses = [.. (options?.DedupeStatuses ?? []).Select(ParseStatus)],
        });
        return instanceId;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        cancellation.ThrowIfCancellationRequested();
        return requests.SendAsync(instanceId, new EventRaisedEvent(-1, converter.Serialize(eventPayload)) { Name = eventName });
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();

        // A text is kept as it is: the output of a terminated instance says why.
        var output = options?.Output is string text ? text : converter.Serialize(options?.Output);
        return requests.SendAsync(instanceId, new ExecutionTerminatedEvent(-1, output), options?.Recursive ?? false);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return requests.SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason));
    }

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return requests.SendAsync(instanceId, new ExecutionResumedEvent(-1, reason));
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        ToMetadata(
            await requests.WaitAsync(instanceId, row => row.Status != OrchestrationStatus.Pending, cancellation), getInputsAndOutputs);

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        ToMetadata(await requests.WaitAsync(instanceId, row => TurnCommit.IsTerminal(row.Status), cancellation), getInputsAndOutputs);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await requests.Store.ReadAsync(instanceId, cancellation) is { } row ? ToMetadata(row, getInputsAndOutputs) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>(async (token, pageSize, cancellation) =>
        {
            var page = await requests.Store.QueryAsync(
                new InstanceQuery
                {
                    CreatedFrom = filter.CreatedFrom?.UtcDateTime,
                    CreatedTo = filter.CreatedTo?.UtcDateTime,
                    Statuses = ToCore(filter.Statuses),
                    InstanceIdPrefix = filter.InstanceIdPrefix,
                    FromInstanceId = token ?? filter.ContinuationToken,
                    PageSize = Math.Max(1, pageSize ?? filter.PageSize),
                    WithPayloads = filter.FetchInputsAndOutputs,
                },
                cancellation);
            return new Page<OrchestrationMetadata>(
                [.. page.Rows.Select(row => ToMetadata(row, filter.FetchInputsAndOutputs))], page.NextInstanceId);
        });
    }

    public override async Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        var page = await requests.Store.QueryAsync(
            new InstanceQuery
            {
                CompletedFrom = completedTimeFrom?.UtcDateTime,
                CompletedTo = completedTimeTo?.UtcDateTime,
                Statuses = ToCore(runtimeStatus),
                FromInstanceId = lastInstanceKey,
                PageSize = pageSize,
                WithPayloads = false,
            },
            cancellation);
        return new Page<string>([.. page.Rows.Select(row => row.InstanceId)], page.NextInstanceId);
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new PurgeResult(await PurgeAsync([instanceId], options?.Recursive ?? false, cancellation));
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new InstanceQuery
        {
            CreatedFrom = filter.CreatedFrom?.UtcDateTime,
            CreatedTo = filter.CreatedTo?.UtcDateTime,
            Statuses = ToCore(filter.Statuses) ?? [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated],
            PageSize = PurgePage,
            WithPayloads = false,
        };
        var count = 0;
        var began = requests.Clock.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await requests.Store.QueryAsync(query, cancellation);
            count += await PurgeAsync([.. page.Rows.Select(row => row.InstanceId)], options?.Recursive ?? false, cancellation);
            if (page.NextInstanceId is null)
            {
                return new PurgeResult(count, isComplete: true);
            }

            // Checked after a batch and not before it, so that each call gets on.
            if (filter.Timeout is { } limit && requests.Clock.GetElapsedTime(began) >= limit)
            {
                return new PurgeResult(count, isComplete: false);
            }

            query = query with { FromInstanceId = page.NextInstanceId };
        }
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var row = await requests.Store.ReadAsync(instanceId, cancellation)
            ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));
        if (!restartWithNewInstanceId && !TurnCommit.IsTerminal(row.Status))
        {
            throw new InvalidOperationException(
                $"The instance '{instanceId}' can't be restarted under its id: its status is {row.Status}. Wait until it has ended, or terminate it.");
        }

        var newId = restartWithNewInstanceId ? requests.NewInstanceId() : instanceId;
        await requests.StartAsync(new StartRequest(newId, row.Name, row.Input)
        {
            Version = row.Version ?? "",
            Tags = InstanceTags.Read(row.Tags),
        });
        return newId;
    }

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return requests.RewindAsync(instanceId, reason);
    }

    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var history = await requests.ReadHistoryAsync(instanceId, cancellation)
            ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));
        foreach (var started in history.OfType<ExecutionStartedEvent>())
        {
            // The genuine client does not know it.
            started.Generation = null;
        }

        return history;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // The instance itself has to be there and ended; its children go with it as far as they have ended.
    private async Task<int> PurgeAsync(IReadOnlyCollection<string> instanceIds, bool isRecursive, CancellationToken cancellation)
    {
        if (!isRecursive)
        {
            return await requests.Store.PurgeAsync(instanceIds);
        }

        var count = 0;
        foreach (var instanceId in instanceIds)
        {
            var descendants = await requests.FindDescendantsAsync(instanceId, cancellation);
            var purged = await requests.Store.PurgeAsync([instanceId]);
            count += purged > 0 ? purged + await requests.Store.PurgeAsync(descendants) : 0;
        }

        return count;
    }

    private static OrchestrationStatus ParseStatus(string name) => Enum.TryParse<OrchestrationStatus>(name, ignoreCase: true, out var status)
        ? status
        : throw new ArgumentException($"'{name}' is not a status that an instance can have.", nameof(name));

    private static List<OrchestrationStatus>? ToCore(IEnumerable<OrchestrationRuntimeStatus>? statuses) =>
        statuses?.Select(status => (OrchestrationStatus)status).ToList() is { Count: > 0 } some ? some : null;

    private OrchestrationMetadata ToMetadata(InstanceRow row, bool withPayloads) => new(row.Name, row.InstanceId)
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)row.Status,
        CreatedAt = row.CreatedAt,
        LastUpdatedAt = row.UpdatedAt,
        DataConverter = withPayloads ? converter : null,
        SerializedInput = withPayloads ? row.Input : null,
        SerializedOutput = withPayloads ? row.Output : null,
        SerializedCustomStatus = withPayloads ? row.CustomStatus : null,
        FailureDetails = withPayloads && givesFailureDetails ? TaskFailureDetails.FromCore(FailureJson.Read(row.Failure)) : null,
        Tags = InstanceTags.Read(row.Tags),
    };
}
