using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Http;

/// <summary>A client that starts and waits as a test says.</summary>
internal sealed class StubClient(
    Action<string> start, Func<string, CancellationToken, Task<OrchestrationMetadata>>? wait = null)
    : DurableTaskClient("stub")
{
    public List<(TaskName Orchestrator, object? Input, StartOrchestrationOptions? Options)> Starts { get; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        Starts.Add((orchestratorName, input, options));
        start(options!.InstanceId!);
        return Task.FromResult(options.InstanceId!);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => wait!(instanceId, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        instanceId.Contains('~', StringComparison.Ordinal) || wait is null ? null
        : getInputsAndOutputs ? await wait(instanceId, cancellation)
        : new OrchestrationMetadata("BookTrip", instanceId);

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
