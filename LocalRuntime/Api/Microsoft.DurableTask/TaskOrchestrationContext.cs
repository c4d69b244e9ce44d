using System.Collections.ObjectModel;
using Microsoft.DurableTask.Abstractions;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// What an orchestrator knows of its instance, and the only way for it to reach the world: its code runs again from the
/// beginning after a restart, and has to do the same again.
/// </summary>
public abstract class TaskOrchestrationContext
{
    private ReplaySafeLoggerFactory? replaySafeLoggers;

    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one; null if a client started it.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time, in UTC, at which the orchestrator was last woken: the same in every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code is doing again what it has done before.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The orchestrator's version; empty if it has none.</summary>
    public virtual string Version => "";

    /// <summary>What the host tells the orchestrator beside its input; empty unless it does.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties => ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Makes loggers that write nothing while the code is replayed.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => ReplaySafeLoggers;

    /// <summary>The host's loggers.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    private ReplaySafeLoggerFactory ReplaySafeLoggers => replaySafeLoggers ??= new(this, () => LoggerFactory);

    /// <summary>Gives the orchestration's input.</summary>
    /// <typeparam name="T">The type of the input.</typeparam>
    /// <returns>The input; the type's default if there was none.</returns>
    public abstract T? GetInput<T>();

    /// <summary>Calls an activity whose output doesn't matter.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="input">Its input; null for none.</param>
    /// <param name="options">How to call it; null for no retries.</param>
    /// <returns>Completes when the activity has; fails with a <see cref="TaskFailedException"/> if it failed.</returns>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity that takes no input, and whose output doesn't matter.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="options">How to call it.</param>
    /// <returns>Completes when the activity has; fails with a <see cref="TaskFailedException"/> if it failed.</returns>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls an activity that takes no input.</summary>
    /// <typeparam name="TResult">The type of its output.</typeparam>
    /// <param name="name">The activity's name.</param>
    /// <param name="options">How to call it.</param>
    /// <returns>Its output; fails with a <see cref="TaskFailedException"/> if the activity failed.</returns>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) =>
        CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity.</summary>
    /// <typeparam name="TResult">The type of its output.</typeparam>
    /// <param name="name">The activity's name.</param>
    /// <param name="input">Its input; null for none.</param>
    /// <param name="options">How to call it; null for no retries.</param>
    /// <returns>Its output; fails with a <see cref="TaskFailedException"/> if the activity failed.</returns>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Waits for a time to pass, durably.</summary>
    /// <param name="delay">How long, from <see cref="CurrentUtcDateTime"/> on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the time has passed; is cancelled if the wait was ended.</returns>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Waits for a point in time, durably.</summary>
    /// <param name="fireAt">The time, in UTC.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the time has come; is cancelled if the wait was ended.</returns>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event from outside, which may have come before.</summary>
    /// <typeparam name="T">The type of what it carries.</typeparam>
    /// <param name="eventName">The event's name; letter case doesn't matter.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the event carries; is cancelled if the wait was ended.</returns>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event from outside, which may have come before, but not for ever.</summary>
    /// <typeparam name="T">The type of what it carries.</typeparam>
    /// <param name="eventName">The event's name; letter case doesn't matter.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>What the event carries; is cancelled if it didn't come in time.</returns>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event from outside, which may have come before, but not for ever.</summary>
    /// <typeparam name="T">The type of what it carries.</typeparam>
    /// <param name="eventName">The event's name; letter case doesn't matter.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the event carries; is cancelled if it didn't come in time or if the wait was ended.</returns>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // The timer comes first in history, as in the published packages.
        using CancellationTokenSource stopTimer = new();
        var timer = CreateTimer(timeout, stopTimer.Token);
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var received = WaitForExternalEvent<T>(eventName, stopWaiting.Token);

        if (await Task.WhenAny(timer, received) == received)
        {
            stopTimer.Cancel();
        }
        else
        {
            stopWaiting.Cancel();
        }

        return await received;
    }

    /// <summary>Sends an event to another instance. Nothing tells whether it has arrived.</summary>
    /// <param name="instanceId">The other instance's id.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="payload">What it carries.</param>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Sets the status that a query of this instance shows beside the host's own.</summary>
    /// <param name="customStatus">The status; null for none.</param>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Calls another orchestrator.</summary>
    /// <typeparam name="TResult">The type of its output.</typeparam>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input; null for none.</param>
    /// <param name="options">How to call it, <see cref="SubOrchestrationOptions"/> to choose its id; null for no retries.</param>
    /// <returns>Its output; fails with a <see cref="TaskFailedException"/> if the orchestration failed.</returns>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <summary>Calls another orchestrator that takes no input.</summary>
    /// <typeparam name="TResult">The type of its output.</typeparam>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="options">How to call it, <see cref="SubOrchestrationOptions"/> to choose its id.</param>
    /// <returns>Its output; fails with a <see cref="TaskFailedException"/> if the orchestration failed.</returns>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Calls another orchestrator that takes no input, and whose output doesn't matter.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="options">How to call it, <see cref="SubOrchestrationOptions"/> to choose its id.</param>
    /// <returns>Completes when the orchestration has; fails with a <see cref="TaskFailedException"/> if it failed.</returns>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Calls another orchestrator whose output doesn't matter.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input; null for none.</param>
    /// <param name="options">How to call it, <see cref="SubOrchestrationOptions"/> to choose its id; null for no retries.</param>
    /// <returns>Completes when the orchestration has; fails with a <see cref="TaskFailedException"/> if it failed.</returns>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <summary>Starts over with an empty history, once the code has returned.</summary>
    /// <param name="newInput">The new input; null for none.</param>
    /// <param name="preserveUnprocessedEvents">Whether the events that nobody waited for yet are kept.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts over with an empty history, once the code has returned.</summary>
    /// <param name="options">The new input, and what is kept.</param>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>Makes an id that no other call gets, but every replay of this one does.</summary>
    public abstract Guid NewGuid();

    /// <summary>Makes a logger that writes nothing while the code is replayed.</summary>
    /// <param name="categoryName">Its category.</param>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggers.CreateLogger(categoryName);

    /// <summary>Makes a logger that writes nothing while the code is replayed.</summary>
    /// <param name="type">The type whose name is its category.</param>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggers.CreateLogger(type);

    /// <summary>Makes a logger that writes nothing while the code is replayed.</summary>
    /// <typeparam name="T">The type whose name is its category.</typeparam>
    public virtual ILogger CreateReplaySafeLogger<T>() => ReplaySafeLoggers.CreateLogger<T>();

    /// <summary>Compares the orchestrator's version with another.</summary>
    /// <param name="version">The other version; empty for none.</param>
    /// <returns>Less than zero if the orchestrator's is the older, zero if they are equal, more than zero otherwise.</returns>
    public virtual int CompareVersionTo(string version) => TaskOrchestrationVersioningUtils.CompareVersions(Version, version);
}
