using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>The outcome of adding an instance with its first turn.</summary>
/// <param name="Taken">Null if it was added, otherwise the status of the instance that has the id.</param>
/// <param name="Turn">The outcome of the turn; null if the instance was not added.</param>
public sealed record StartResult(OrchestrationStatus? Taken, TurnResult? Turn);
