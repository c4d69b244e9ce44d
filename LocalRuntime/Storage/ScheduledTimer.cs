namespace LocalRuntime.Storage;

/// <summary>A durable timer that has not fired.</summary>
/// <param name="InstanceKey">The key of the orchestrator that created it.</param>
/// <param name="InstanceId">Its id.</param>
/// <param name="ExecutionId">The execution that created it, and that still goes on: one that ends takes its timers with it.</param>
/// <param name="TimerId">The id of the timer in the orchestrator's history.</param>
/// <param name="FireAt">When it is due, in UTC.</param>
public sealed record ScheduledTimer(long InstanceKey, string InstanceId, string ExecutionId, int TimerId, DateTime FireAt);
