namespace Microsoft.DurableTask;

/// <summary>What a retry handler is told.</summary>
/// <param name="OrchestrationContext">The context of the orchestrator that called the task.</param>
/// <param name="LastAttemptNumber">The number of the attempt that failed; the first one is 1.</param>
/// <param name="LastFailure">Why it failed.</param>
/// <param name="TotalRetryTime">The time since the first attempt was started.</param>
/// <param name="CancellationToken">Fires when retrying is to end.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
