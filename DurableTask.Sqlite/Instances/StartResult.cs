using DurableTask.Core;

namespace DurableTask.Sqlite.Instances;

/// <summary>What a start has come to.</summary>
/// <param name="Taken">The status of the instance that has the id and must not be replaced; null if the instance was started.</param>
/// <param name="Changes">What has changed.</param>
internal sealed record StartResult(OrchestrationStatus? Taken, IReadOnlyList<Change> Changes);
