using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Api;

/// <summary>A client that is none of this host's, and remembers what it was asked for last.</summary>
internal sealed class ForeignClient() : DurableTaskClient("foreign")
{
    public object?[] Asked { get; private set; } = [];

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        Answer("id", orchestratorName.Name, input, options);

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Answer(true, instanceId, eventName, eventPayload);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Answer(new OrchestrationMetadata("Any", instanceId), instanceId, getInputsAndOutputs);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Answer(new OrchestrationMetadata("Any", instanceId), instanceId, getInputsAndOutputs);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Answer(true, instanceId, options);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Answer(true, instanceId, reason);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Answer(true, instanceId, reason);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Answer<OrchestrationMetadata?>(null, instanceId, getInputsAndOutputs);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        Pageable.Create((_, _, _) => Answer(new Page<OrchestrationMetadata>([], null), filter));

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Answer(new PurgeResult(0), filter, options);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Answer<T>(T answer, params object?[] asked)
    {
        Asked = asked;
        return Task.FromResult(answer);
    }
}
