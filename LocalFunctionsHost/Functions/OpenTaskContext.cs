using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LocalFunctionsHost.Functions;

/// <summary>Remembers which durable tasks and events an orchestrator can still be waiting for.</summary>
/// <param name="inner">The framework's context.</param>
internal sealed class OpenTaskContext(TaskOrchestrationContext inner) : TaskOrchestrationContext
{
    private readonly List<Task> tasks = [];

    /// <inheritdoc/>
    public override TaskName Name => inner.Name;

    /// <inheritdoc/>
    public override string InstanceId => inner.InstanceId;

    /// <inheritdoc/>
    public override ParentOrchestrationInstance? Parent => inner.Parent;

    /// <inheritdoc/>
    public override DateTime CurrentUtcDateTime => inner.CurrentUtcDateTime;

    /// <inheritdoc/>
    public override bool IsReplaying => inner.IsReplaying;

    /// <inheritdoc/>
    public override string Version => inner.Version;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> Properties => inner.Properties;

    /// <inheritdoc/>
    public override TaskOrchestrationEntityFeature Entities =>
        throw new NotSupportedException("This host has no entities: use an orchestration, or run the app on Azure Functions.");

    /// <inheritdoc/>
    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    /// <summary>Whether any of them hasn't come yet.</summary>
    public bool HasOpenTasks()
    {
        tasks.RemoveAll(task => task.IsCompleted);
        return tasks.Count > 0;
    }

    /// <inheritdoc/>
    public override T? GetInput<T>()
        where T : default => inner.GetInput<T>();

    /// <inheritdoc/>
    public override Guid NewGuid() => inner.NewGuid();

    /// <inheritdoc/>
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Track(inner.CallActivityAsync<TResult>(name, input, options));

    /// <inheritdoc/>
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        Track(inner.CallSubOrchestratorAsync<TResult>(orchestratorName, input, options));

    /// <inheritdoc/>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Track(inner.CreateTimer(fireAt, cancellationToken));

    /// <inheritdoc/>
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Track(inner.WaitForExternalEvent<T>(eventName, cancellationToken));

    /// <inheritdoc/>
    public override void SendEvent(string instanceId, string eventName, object payload) => inner.SendEvent(instanceId, eventName, payload);

    /// <inheritdoc/>
    public override void SetCustomStatus(object? customStatus) => inner.SetCustomStatus(customStatus);

    /// <inheritdoc/>
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        inner.ContinueAsNew(newInput, preserveUnprocessedEvents);

    /// <inheritdoc/>
    public override void ContinueAsNew(ContinueAsNewOptions options) => inner.ContinueAsNew(options);

    private TTask Track<TTask>(TTask task)
        where TTask : Task
    {
        tasks.Add(task);
        return task;
    }
}
