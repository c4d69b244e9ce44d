using DurableTask.Core.Tracing;

namespace LocalRuntime.Storage;

/// <summary>An activity that an orchestrator has scheduled and whose outcome no turn has consumed yet.</summary>
/// <param name="Id">Unique and ascending, given by the engine from the same series as the ids of messages.</param>
/// <param name="InstanceKey">The orchestrator's key.</param>
/// <param name="InstanceId">The orchestrator's id.</param>
/// <param name="ExecutionId">The execution that scheduled it. It may have ended: what it asked for is done nevertheless.</param>
/// <param name="TaskId">The id of the task in that execution's history.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="Version">The version asked for, or null.</param>
/// <param name="Input">The input as JSON, or null.</param>
public sealed record ScheduledActivity(
    long Id, long InstanceKey, string InstanceId, string ExecutionId, int TaskId, string Name, string? Version, string? Input)
{
    /// <summary>The trace that it belongs to, or null.</summary>
    public DistributedTraceContext? Trace { get; init; }
}
