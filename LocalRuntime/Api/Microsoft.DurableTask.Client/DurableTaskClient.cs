using DurableTask.Core.History;

namespace Microsoft.DurableTask.Client;

/// <summary>Starts, raises events to, reads and ends orchestration instances.</summary>
/// <param name="name">The client's name.</param>
public abstract class DurableTaskClient(string name) : IAsyncDisposable
{
    /// <summary>The client's name.</summary>
    public string Name { get; } = name;

    /// <summary>Starts an orchestration without input.</summary>
    /// <param name="orchestratorName">The orchestrator.</param>
    /// <param name="cancellation">Ends the wait; the start may happen nevertheless.</param>
    /// <returns>The new instance's id.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, null, cancellation);

    /// <summary>Starts an orchestration.</summary>
    /// <param name="orchestratorName">The orchestrator.</param>
    /// <param name="input">Its input, or null.</param>
    /// <param name="cancellation">Ends the wait; the start may happen nevertheless.</param>
    /// <returns>The new instance's id.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, null, cancellation);

    /// <summary>Starts an orchestration without input.</summary>
    /// <param name="orchestratorName">The orchestrator.</param>
    /// <param name="options">How to start it.</param>
    /// <param name="cancellation">Ends the wait; the start may happen nevertheless.</param>
    /// <returns>The new instance's id.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, StartOrchestrationOptions options, CancellationToken cancellation = default) =>
        ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, options, cancellation);

    /// <summary>Starts an orchestration.</summary>
    /// <param name="orchestratorName">The orchestrator.</param>
    /// <param name="input">Its input, or null.</param>
    /// <param name="options">How to start it; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; the start may happen nevertheless.</param>
    /// <returns>The new instance's id.</returns>
    /// <exception cref="global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">The id is taken.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default);

    /// <summary>Raises an event without payload.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="eventName">The event, by whatever case.</param>
    /// <param name="cancellation">Ends the wait; the event may be raised nevertheless.</param>
    public virtual Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellation) =>
        RaiseEventAsync(instanceId, eventName, null, cancellation);

    /// <summary>Raises an event. It is dropped if the instance is unknown or has ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="eventName">The event, by whatever case.</param>
    /// <param name="eventPayload">Its payload, or null.</param>
    /// <param name="cancellation">Ends the wait; the event may be raised nevertheless.</param>
    public abstract Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>Waits until an instance has begun.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellation) =>
        WaitForInstanceStartAsync(instanceId, false, cancellation);

    /// <summary>Waits until an instance has begun.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="getInputsAndOutputs">Whether its input, output and custom status are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Waits until an instance has ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellation) =>
        WaitForInstanceCompletionAsync(instanceId, false, cancellation);

    /// <summary>Waits until an instance has ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="getInputsAndOutputs">Whether its input, output and custom status are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is no such instance.</exception>
    public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Terminates an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait; it may be terminated nevertheless.</param>
    public virtual Task TerminateInstanceAsync(string instanceId, CancellationToken cancellation) =>
        TerminateInstanceAsync(instanceId, (TerminateInstanceOptions?)null, cancellation);

    /// <summary>Terminates an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="output">The output that it gets, or null.</param>
    /// <param name="cancellation">Ends the wait; it may be terminated nevertheless.</param>
    public virtual Task TerminateInstanceAsync(string instanceId, object? output, CancellationToken cancellation = default) =>
        TerminateInstanceAsync(instanceId, output is null ? null : new TerminateInstanceOptions(output), cancellation);

    /// <summary>Terminates an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; it may be terminated nevertheless.</param>
    public virtual Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support terminating instances.");

    /// <summary>Suspends an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait; it may be suspended nevertheless.</param>
    public virtual Task SuspendInstanceAsync(string instanceId, CancellationToken cancellation) =>
        SuspendInstanceAsync(instanceId, null, cancellation);

    /// <summary>Suspends an instance: what arrives for it waits until it is resumed.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="cancellation">Ends the wait; it may be suspended nevertheless.</param>
    public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Resumes a suspended instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait; it may be resumed nevertheless.</param>
    public virtual Task ResumeInstanceAsync(string instanceId, CancellationToken cancellation) =>
        ResumeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Resumes a suspended instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="cancellation">Ends the wait; it may be resumed nevertheless.</param>
    public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Reads an instance without its input, output and custom status.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The instance, or null if there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation) =>
        GetInstanceAsync(instanceId, false, cancellation);

    /// <summary>Reads an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="getInputsAndOutputs">Whether its input, output and custom status are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The instance, or null if there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    /// <summary>Reads an instance without its input, output and custom status.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The instance, or null if there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, CancellationToken cancellation) =>
        GetInstancesAsync(instanceId, false, cancellation);

    /// <summary>Reads an instance.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="getInputsAndOutputs">Whether its input, output and custom status are read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The instance, or null if there is none.</returns>
    public abstract Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Reads instances, in the order of their ids.</summary>
    /// <param name="filter">Which; null for all.</param>
    public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <summary>Removes an instance that has ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait; it may be removed nevertheless.</param>
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation) =>
        PurgeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Removes an instance that has ended.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; it may be removed nevertheless.</param>
    public virtual Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support purging instances.");

    /// <summary>Removes instances that have ended.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation) =>
        PurgeAllInstancesAsync(filter, null, cancellation);

    /// <summary>Removes instances that have ended.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support purging instances.");

    /// <summary>Starts an instance's orchestrator again, with the same input.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="restartWithNewInstanceId">Whether it gets a new id; otherwise it replaces the old one, which must have ended.</param>
    /// <param name="cancellation">Ends the wait; it may start nevertheless.</param>
    /// <returns>The id of the instance that was started.</returns>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not ended.</exception>
    public virtual Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support restarting instances.");

    /// <summary>Runs the failed tasks of a failed instance again.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellation">Ends the wait; it may be rewound nevertheless.</param>
    /// <exception cref="NotSupportedException">This client can't.</exception>
    public virtual Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support rewinding instances.");

    /// <summary>Reads an instance's history.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The events of its current execution, in order.</returns>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    public virtual Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support reading histories.");

    /// <summary>Lists the ids of instances.</summary>
    /// <param name="runtimeStatus">With one of these statuses; null for any.</param>
    /// <param name="completedTimeFrom">Ended at or after; null for any.</param>
    /// <param name="completedTimeTo">Ended at or before; null for any.</param>
    /// <param name="pageSize">How many at most, from 1.</param>
    /// <param name="lastInstanceKey">Where to go on: the token of an earlier page; null for the start.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public virtual Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default) =>
        throw new NotSupportedException($"{GetType()} does not support listing the ids of instances.");

    /// <summary>Frees what the client has.</summary>
    public abstract ValueTask DisposeAsync();
}
