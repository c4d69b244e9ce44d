using DurableTask.Core;

namespace DurableTask.Sqlite.Instances;

/// <summary>What a write has to know of an instance's row.</summary>
/// <param name="Key">Its key.</param>
/// <param name="InstanceId">The instance's id.</param>
/// <param name="ExecutionId">Its present execution.</param>
/// <param name="Status">Its status: Pending if it is open and has not run yet.</param>
/// <param name="IsOpen">Whether it has not ended.</param>
internal sealed record InstanceRow(long Key, string InstanceId, string ExecutionId, OrchestrationStatus Status, bool IsOpen);
