using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using LocalFunctionsHost.Backends;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using PurgeResult = Microsoft.DurableTask.Client.PurgeResult;

namespace LocalFunctionsHost.Client;

/// <summary>
/// The <see cref="DurableTaskClient"/> of this host: what the Azure worker's client does by gRPC, done on a backend in this process. What
/// a backend can't do is refused with a <see cref="NotSupportedException"/> that names it; the README has a table.
/// </summary>
/// <param name="backend">Where the instances are.</param>
/// <param name="options">Its version, converter and clock; null for the defaults.</param>
public sealed partial class LocalDurableTaskClient(IOrchestrationBackend backend, LocalDurableTaskClientOptions? options = null)
    : DurableTaskClient(backend.Name)
{
    private readonly LocalDurableTaskClientOptions options = options ?? new LocalDurableTaskClientOptions();

    /// <summary>Not supported on any backend.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override DurableEntityClient Entities => throw NotSupported("entities");

    private DateTime Now => options.Clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Makes the message that starts an instance, for a caller that gives it to its backend together with a write of its own. Its span is
    /// made as well, so the message should be sent at once.
    /// </summary>
    /// <param name="orchestratorName">The orchestrator's name, not empty.</param>
    /// <param name="input">Its input, or null for none.</param>
    /// <param name="options">
    /// Its id (null for a new one), version (null for the default), tags and start time; null for the defaults.
    /// </param>
    /// <returns>The message; it has the instance's id.</returns>
    /// <exception cref="ArgumentException">The name is empty, or the id is one that no backend can keep.</exception>
    public TaskMessage CreateStartMessage(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var instanceId = options?.InstanceId ?? NewId();
        InstanceIds.Check(instanceId);
        var version = options?.Version is { } given ? given.Version : this.options.DefaultVersion;
        var serializedInput = this.options.Converter.Serialize(input);
        var tags = options?.Tags ?? new Dictionary<string, string>();
        return CreateStartMessage(instanceId, orchestratorName.Name, version, serializedInput, tags, options?.StartAt);
    }

    /// <summary>The statuses in which an existing instance keeps its id, for a start with these options.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>Those that the options name, and <c>Pending</c>, <c>Running</c> and <c>Suspended</c>.</returns>
    /// <exception cref="ArgumentException">The options name something that is no status.</exception>
    public static OrchestrationStatus[] GetDedupeStatuses(StartOrchestrationOptions? options) =>
        DedupeStatuses.Create(options?.DedupeStatuses);

    /// <inheritdoc/>
    /// <exception cref="OrchestrationAlreadyExistsException">The id is taken.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var dedupeStatuses = GetDedupeStatuses(options);
        var message = CreateStartMessage(orchestratorName, input, options);
        await backend.Client.CreateTaskOrchestrationAsync(message, dedupeStatuses);
        return message.OrchestrationInstance.InstanceId;
    }

    /// <inheritdoc/>
    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var raised = new EventRaisedEvent(-1, options.Converter.Serialize(eventPayload)) { Name = eventName };
        using var span = ClientSpans.StartEvent(raised, new OrchestrationInstance { InstanceId = instanceId });
        await SendAsync(instanceId, raised, cancellation);
    }

    /// <inheritdoc/>
    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        TerminateAsync(instanceId, this.options.Converter.Serialize(options?.Output), options?.Recursive ?? false, cancellation);

    /// <inheritdoc/>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspendedEvent(-1, reason), cancellation);

    /// <inheritdoc/>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumedEvent(-1, reason), cancellation);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not ended, and would be restarted under its id.</exception>
    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var state = await ReadAsync(instanceId, cancellation) ?? throw Unknown(instanceId);
        var tags = new Dictionary<string, string>(state.Tags ?? new Dictionary<string, string>());
        if (restartWithNewInstanceId)
        {
            // As the Durable extension does, so that an instance shows which one it is a copy of.
            tags["MS_DurableFunctions_SourceInstanceId"] = instanceId;
        }

        var newId = restartWithNewInstanceId ? NewId() : instanceId;
        var message = CreateStartMessage(newId, state.Name, state.Version, state.Input, tags, startAt: null);
        try
        {
            await backend.Client.CreateTaskOrchestrationAsync(message, GetDedupeStatuses(null));
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            throw new InvalidOperationException(
                $"The instance '{instanceId}' can't be restarted under its id before it has ended. Wait for that, or terminate it.", e);
        }

        return newId;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not failed, or can't be rewound.</exception>
    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var state = await ReadAsync(instanceId, cancellation) ?? throw Unknown(instanceId);
        if (state.OrchestrationStatus != OrchestrationStatus.Failed)
        {
            throw new InvalidOperationException(
                $"The instance '{instanceId}' has the status {state.OrchestrationStatus}, but only failed instances can be rewound.");
        }

        await backend.RewindAsync(instanceId, reason, cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It has not ended.</exception>
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (await ReadAsync(instanceId, cancellation) is not { } state)
        {
            return new PurgeResult(0);
        }

        if (!IsEnded(state))
        {
            throw new InvalidOperationException(
                "Only orchestrations in a terminal state can be purged, "
                + $"but the orchestration with instance ID {instanceId} has status {state.OrchestrationStatus}");
        }

        return ToPublic(options?.Recursive == true
            ? await backend.PurgeRecursivelyAsync(instanceId, cancellation)
            : await backend.Purges.PurgeInstanceStateAsync(instanceId));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The filter's timeout is not above zero.</exception>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Timeout is { } timeout)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(filter));
        }

        cancellation.ThrowIfCancellationRequested();

        // A filter without a status that can be purged would count as none on AzureStorage, and remove running instances too.
        var statuses = filter.Statuses is null
            ? Ended
            : [.. Ended.Intersect(filter.Statuses.Select(status => (OrchestrationStatus)status))];
        if (statuses.Length == 0)
        {
            return new PurgeResult(0);
        }

        var found = new PurgeInstanceFilter((filter.CreatedFrom ?? default).UtcDateTime, filter.CreatedTo?.UtcDateTime, statuses)
        {
            Timeout = filter.Timeout,
        };
        return ToPublic(options?.Recursive == true
            ? await backend.PurgeRecursivelyAsync(found, cancellation)
            : await backend.Purges.PurgeInstanceStateAsync(found));
    }

    /// <summary>Does nothing: the backend belongs to the host.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Terminates an instance.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="output">What becomes its output, as it is.</param>
    /// <param name="isRecursive">Whether its sub-orchestrations are terminated as well.</param>
    /// <param name="cancellation">Gives up before anything has been sent.</param>
    internal Task TerminateAsync(string instanceId, string? output, bool isRecursive, CancellationToken cancellation)
    {
        if (!isRecursive)
        {
            return SendAsync(instanceId, new ExecutionTerminatedEvent(-1, output), cancellation);
        }

        cancellation.ThrowIfCancellationRequested();
        return DropIfNotRunningAsync(backend.TerminateRecursivelyAsync(instanceId, output, cancellation));
    }

    private TaskMessage CreateStartMessage(
        string instanceId, string name, string? version, string? input, IReadOnlyDictionary<string, string> tags, DateTimeOffset? startAt)
    {
        var now = Now;
        var instance = new OrchestrationInstance { InstanceId = instanceId, ExecutionId = NewId() };
        var started = new ExecutionStartedEvent(-1, input)
        {
            Name = name,
            Version = version ?? "",
            OrchestrationInstance = instance,
            ScheduledStartTime = startAt?.UtcDateTime is { } at && at > now ? at : null,
            Tags = tags.ToDictionary(),
            Timestamp = now,
        };
        using var span = ClientSpans.StartCreation(started);
        return new TaskMessage { OrchestrationInstance = instance, Event = started };
    }

    private Task SendAsync(string instanceId, HistoryEvent historyEvent, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (InstanceIds.IsEntity(instanceId))
        {
            InstanceIds.Check(instanceId);
        }

        cancellation.ThrowIfCancellationRequested();
        historyEvent.Timestamp = Now;
        return DropIfNotRunningAsync(backend.Client.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = instanceId },
            Event = historyEvent,
        }));
    }

    // As on Azure, where it is dropped when it is delivered.
    private async Task DropIfNotRunningAsync(Task sent)
    {
        try
        {
            await sent;
        }
        catch (Exception e) when (backend.IsNotRunning(e))
        {
        }
    }

    private string NewId() => options.NewGuid().ToString("N");

    private NotSupportedException NotSupported(string what) => new($"The backend {backend.Name} does not support {what}.");

    private static ArgumentException Unknown(string instanceId) =>
        new($"No instance with ID '{instanceId}' was found.", nameof(instanceId));

    private static PurgeResult ToPublic(DurableTask.Core.PurgeResult result) => new(result.DeletedInstanceCount, result.IsComplete);
}
