using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Replay;

/// <summary>The context that an orchestrator's code sees.</summary>
internal sealed class EngineOrchestrationContext(
    OrchestrationExecution execution, TaskName name, string? version, ParentOrchestrationInstance? parent, object? input, ILoggerFactory loggers)
    : TaskOrchestrationContext
{
    private int guids;

    public override TaskName Name => name;

    public override string InstanceId => execution.InstanceId;

    public override ParentOrchestrationInstance? Parent => parent;

    public override DateTime CurrentUtcDateTime => execution.CurrentUtcDateTime;

    public override bool IsReplaying => execution.IsReplaying;

    public override string Version => version ?? "";

    protected override ILoggerFactory LoggerFactory => loggers;

    public override T? GetInput<T>()
        where T : default => input switch
        {
            null => default,
            T typed => typed,

            // As with the Azure worker, code may read its input as another type than its parameter's, or have no parameter for it.
            _ => execution.Converter.Deserialize<T>(execution.Converter.Serialize(input)),
        };

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                $"The input of the activity '{name}' is a {nameof(TaskOptions)}: pass it as {nameof(options)}, or pass null as {nameof(options)}.",
                nameof(input));
        }

        var json = execution.Converter.Serialize(input);
        var requested = options?.Version is { } explicitVersion ? explicitVersion.Version : version;
        var tags = options?.Tags ?? new Dictionary<string, string>();
        return await WithRetriesAsync(
            options,
            async () => Convert<TResult>(await execution.CallActivity(name.Name, requested, json, tags)));
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        // One id for all attempts, as upstream: a child that has failed gives way to the next attempt.
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(instanceId);
        var json = execution.Converter.Serialize(input);
        // A child is an instance of its own: its version is not its parent's.
        var requested = ((options as SubOrchestrationOptions)?.Version ?? options?.Version) is { } given
            ? given.Version ?? ""
            : execution.DefaultVersion;
        return await WithRetriesAsync(
            options,
            async () => Convert<TResult>(
                await execution.StartSubOrchestration(orchestratorName.Name, requested.Length == 0 ? null : requested, instanceId, json, options?.Tags)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        execution.CreateTimer(fireAt.ToUniversalTime(), cancellationToken);

    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        Convert<T>(await execution.WaitForEvent(eventName, typeof(T), cancellationToken));

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        InstanceIds.Check(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        execution.SendEvent(instanceId, eventName, execution.Converter.Serialize(payload));
    }

    public override void SetCustomStatus(object? customStatus) => execution.SetCustomStatus(customStatus);

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        execution.ContinueAsNew(execution.Converter.Serialize(options.NewInput), options.NewVersion, options.PreserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        execution.CheckUse();
        return DeterministicGuid.Create(execution.InstanceId, execution.ExecutionId, guids++);
    }

    private TResult Convert<TResult>(string? json) => execution.Converter.Deserialize<TResult>(json)!;

    private Task<T> WithRetriesAsync<T>(TaskOptions? options, Func<Task<T>> call) => options?.Retry switch
    {
        { Policy: { } policy } => Retries.RunAsync(this, policy, call, execution.IsFinal),
        { Handler: { } handler } => Retries.RunAsync(this, handler, call, execution.IsFinal),
        _ => call(),
    };
}
