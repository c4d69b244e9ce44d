using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using CoreQuery = DurableTask.Core.Query.OrchestrationQuery;
using CoreQueryResult = DurableTask.Core.Query.OrchestrationQueryResult;

namespace LocalFunctionsHost.Client;

/// <content>Reads, lists and waits.</content>
public sealed partial class LocalDurableTaskClient
{
    private static readonly OrchestrationStatus[] Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated, OrchestrationStatus.Canceled];

    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SoonPoll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LatePoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await ReadAsync(instanceId, cancellation) is { } state ? ToMetadata(state, getInputsAndOutputs) : null;
    }

    /// <inheritdoc/>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create(async (token, pageSize, cancellation) =>
        {
            var page = await QueryAsync(filter, token, pageSize, cancellation);
            var found = page.OrchestrationState.Select(state => ToMetadata(state, filter.FetchInputsAndOutputs)).ToList();
            return new Page<OrchestrationMetadata>(found, page.ContinuationToken);
        });
    }

    /// <summary>Not supported: no backend here has an index by the time of completion.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default) =>
        throw NotSupported("listing ids by the time of completion; use GetAllInstancesAsync");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        var state = await PollAsync(instanceId, found => found.OrchestrationStatus != OrchestrationStatus.Pending, cancellation);
        return ToMetadata(state, getInputsAndOutputs);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        ToMetadata(await WaitForEndAsync(instanceId, cancellation), getInputsAndOutputs);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    public override async Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(
        string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        _ = await ReadAsync(instanceId, cancellation) ?? throw Unknown(instanceId);
        return ClientHistory.Create(await ReadHistoryAsync(instanceId, cancellation));
    }

    /// <summary>Whether an instance has ended for good.</summary>
    internal static bool IsEnded(OrchestrationState state) => Ended.Contains(state.OrchestrationStatus);

    /// <summary>Whether instances of a status can be purged.</summary>
    internal static bool CanBePurged(OrchestrationRuntimeStatus status) => Ended.Contains((OrchestrationStatus)status);

    /// <summary>Reads an instance's state with its input and output.</summary>
    /// <returns>The state, or null if there is no such instance.</returns>
    internal async Task<OrchestrationState?> ReadAsync(string instanceId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var states = await backend.Client.GetOrchestrationStateAsync(instanceId, allExecutions: false).WaitAsync(cancellation);
        if (states is not [{ } state, ..])
        {
            return null;
        }

        await ShowSuspensionAsync(state, cancellation);
        return state;
    }

    /// <summary>Reads a page of instances.</summary>
    internal async Task<CoreQueryResult> QueryAsync(OrchestrationQuery filter, string? token, int? pageSize, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var query = new CoreQuery
        {
            RuntimeStatus = filter.Statuses?.Select(status => (OrchestrationStatus)status).ToList(),
            CreatedTimeFrom = filter.CreatedFrom?.UtcDateTime,
            CreatedTimeTo = filter.CreatedTo?.UtcDateTime,
            TaskHubNames = filter.TaskHubNames?.ToList(),
            InstanceIdPrefix = filter.InstanceIdPrefix,
            PageSize = Math.Max(1, pageSize ?? filter.PageSize),
            FetchInputsAndOutputs = filter.FetchInputsAndOutputs,
            ContinuationToken = token ?? filter.ContinuationToken,
        };
        var page = await backend.Queries.GetOrchestrationWithQueryAsync(query, cancellation);
        foreach (var state in page.OrchestrationState.Where(_ => filter.FetchInputsAndOutputs))
        {
            await ShowSuspensionAsync(state, cancellation);
        }

        return page;
    }

    /// <summary>Reads the history of an instance's current execution as it is stored.</summary>
    internal async Task<List<HistoryEvent>> ReadHistoryAsync(string instanceId, CancellationToken cancellation) =>
        HistoryJson.Read(await backend.Client.GetOrchestrationHistoryAsync(instanceId, executionId: null).WaitAsync(cancellation));

    // On Azure, the output of a suspended instance is the reason of the suspension.
    private async Task ShowSuspensionAsync(OrchestrationState state, CancellationToken cancellation)
    {
        if (state is { OrchestrationStatus: OrchestrationStatus.Suspended, Output: null })
        {
            var events = await ReadHistoryAsync(state.OrchestrationInstance.InstanceId, cancellation);
            state.Output = events.OfType<ExecutionSuspendedEvent>().LastOrDefault()?.Reason;
        }
    }

    /// <summary>Waits until an instance has ended.</summary>
    /// <exception cref="InvalidOperationException">There is no such instance, or it was purged.</exception>
    internal async Task<OrchestrationState> WaitForEndAsync(string instanceId, CancellationToken cancellation)
    {
        if (!backend.SignalsCompletion)
        {
            return await PollAsync(instanceId, IsEnded, cancellation);
        }

        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var state = await ReadAsync(instanceId, cancellation) ?? throw Missing(instanceId);
        if (!IsEnded(state))
        {
            state = await backend.Client.WaitForOrchestrationAsync(instanceId, null, Timeout.InfiniteTimeSpan, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }

        return state ?? throw Missing(instanceId);
    }

    private async Task<OrchestrationState> PollAsync(
        string instanceId, Func<OrchestrationState, bool> isReached, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var begun = options.Clock.GetTimestamp();
        var delay = FirstPoll;
        while (true)
        {
            var state = await ReadAsync(instanceId, cancellation) ?? throw Missing(instanceId);
            if (isReached(state))
            {
                return state;
            }

            await Task.Delay(delay, options.Clock, cancellation);
            var longest = options.Clock.GetElapsedTime(begun) < Soon ? SoonPoll : LatePoll;
            delay = delay * 2 < longest ? delay * 2 : longest;
        }
    }

    private OrchestrationMetadata ToMetadata(OrchestrationState state, bool withPayloads) =>
        new(state.Name, state.OrchestrationInstance.InstanceId)
        {
            RuntimeStatus = (OrchestrationRuntimeStatus)state.OrchestrationStatus,
            CreatedAt = Utc(state.CreatedTime),
            LastUpdatedAt = Utc(state.LastUpdatedTime),
            DataConverter = withPayloads ? options.Converter : null,
            SerializedInput = withPayloads ? state.Input : null,

            // As on Azure: a failed instance's output is the failure's type and message, FailureDetails stay null, and no status is "null".
            SerializedOutput = withPayloads ? state.Output : null,
            SerializedCustomStatus = withPayloads ? state.Status ?? "null" : null,
            Tags = new Dictionary<string, string>(state.Tags ?? new Dictionary<string, string>()),
        };

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static InvalidOperationException Missing(string instanceId) =>
        new($"Orchestration with instanceId {instanceId} does not exist.");
}
