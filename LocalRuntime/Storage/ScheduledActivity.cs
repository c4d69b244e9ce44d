namespace LocalRuntime.Storage;

/// <summary>An activity that an orchestrator has scheduled and whose outcome is not in its history yet.</summary>
/// <param name="InstanceKey">The orchestrator's key.</param>
/// <param name="InstanceId">The orchestrator's id.</param>
/// <param name="TaskId">The id of the task in the orchestrator's history.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="Version">The version asked for, or null.</param>
/// <param name="Input">The input as JSON, or null.</param>
public sealed record ScheduledActivity(long InstanceKey, string InstanceId, int TaskId, string Name, string? Version, string? Input);
