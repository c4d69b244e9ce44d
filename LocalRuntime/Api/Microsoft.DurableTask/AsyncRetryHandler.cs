namespace Microsoft.DurableTask;

/// <summary>
/// Says after a failure whether the task is to be tried again. It must be as deterministic as its orchestrator; to wait
/// between attempts, it awaits a durable timer.
/// </summary>
/// <param name="retryContext">What failed, and how often.</param>
/// <returns>True to try again, false to let the failure through.</returns>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
