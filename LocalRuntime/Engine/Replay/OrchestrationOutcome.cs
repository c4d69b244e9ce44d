using DurableTask.Core;

namespace LocalRuntime.Engine.Replay;

/// <summary>How an execution ended.</summary>
/// <param name="Status">Completed, Failed, Terminated or ContinuedAsNew.</param>
/// <param name="Result">The output as JSON; the message of a failure, the reason of a termination, the input to go on with.</param>
/// <param name="Failure">Why it failed, or null.</param>
internal sealed record OrchestrationOutcome(OrchestrationStatus Status, string? Result, FailureDetails? Failure = null)
{
    /// <summary>The version to go on with, or null for the same.</summary>
    public string? NewVersion { get; init; }

    /// <summary>The external events that nobody waited for, to be delivered again to the execution that goes on.</summary>
    public IReadOnlyList<(string Name, string? Input)> UnprocessedEvents { get; init; } = [];
}
