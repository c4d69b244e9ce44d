namespace Microsoft.DurableTask;

/// <summary>Says after a failure whether the task is to be tried again, at once. It must be as deterministic as its orchestrator.</summary>
/// <param name="retryContext">What failed, and how often.</param>
/// <returns>True to try again, false to let the failure through.</returns>
public delegate bool RetryHandler(RetryContext retryContext);
