using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Http;

/// <summary>A client that starts as a test says, and knows what a test says of trips, and of the one that is cancelled.</summary>
internal sealed class StubClient(
    Action<string> start, Func<string, CancellationToken, Task<OrchestrationMetadata>>? read = null)
    : DurableTaskClient("stub")
{
    /// <summary>Gets the id of each instance that was started.</summary>
    public Action<string> Started { get; set; } = _ => { };

    /// <summary>The instance that cancels a trip; null if there is none.</summary>
    public OrchestrationMetadata? Canceller { get; init; }

    public List<(TaskName Orchestrator, object? Input, StartOrchestrationOptions? Options)> Starts { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        Starts.Add((orchestratorName, input, options));
        start(options!.InstanceId!);
        Started(options.InstanceId!);
        return Task.FromResult(options.InstanceId!);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        instanceId == Canceller?.InstanceId ? Canceller
        : instanceId.Contains('~', StringComparison.Ordinal) || read is null ? null
        : await read(instanceId, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException();

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
