using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Api;

/// <summary>A context whose timers and events a test completes by hand.</summary>
internal sealed class OrchestrationContext : TaskOrchestrationContext
{
    public bool Replays { get; set; }

    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;

    public TaskCompletionSource TimerFires { get; } = new();

    public TaskCompletionSource<string> EventArrives { get; } = new();

    public List<string> Asked { get; } = [];

    public override TaskName Name => "test";

    public override string InstanceId => "test";

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public override bool IsReplaying => Replays;

    protected override ILoggerFactory LoggerFactory => Loggers;

    public override T? GetInput<T>()
        where T : default => default;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Asked.Add($"activity {name} {input} {options?.Tags?.Count}");
        return Task.FromResult<TResult>(default!);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        Asked.Add($"timer {fireAt:HH:mm:ss}");
        cancellationToken.Register(() => Asked.Add("timer cancelled"));
        return TimerFires.Task.WaitAsync(cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Asked.Add($"event {eventName}");
        return ((Task<T>)(object)EventArrives.Task).WaitAsync(cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload) => Asked.Add($"send {eventName}");

    public override void SetCustomStatus(object? customStatus) => Asked.Add($"status {customStatus}");

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Asked.Add($"orchestrator {orchestratorName} {input} {options?.Tags?.Count}");
        return Task.FromResult<TResult>(default!);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Asked.Add($"again {newInput} {preserveUnprocessedEvents}");

    public override Guid NewGuid() => Guid.Empty;
}
