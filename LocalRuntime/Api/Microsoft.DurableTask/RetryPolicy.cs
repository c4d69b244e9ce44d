namespace Microsoft.DurableTask;

/// <summary>How often, and how far apart, a failing task is tried again.</summary>
public class RetryPolicy
{
    private readonly Func<TaskFailureDetails, bool>? handleFailure;

    /// <summary>Makes a policy.</summary>
    /// <param name="maxNumberOfAttempts">How often the task is tried in all, the first time included; at least 1.</param>
    /// <param name="firstRetryInterval">The time between the first failure and the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">By how much that time grows with each attempt; at least 1.</param>
    /// <param name="maxRetryInterval">
    /// The longest time between a failure and the next attempt; not below <paramref name="firstRetryInterval"/>, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit. Null for one hour.
    /// </param>
    /// <param name="retryTimeout">
    /// How long after the first attempt a failure is still followed by another; not below
    /// <paramref name="firstRetryInterval"/>. Null or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The coefficient must be at least 1.");
        }

        CheckNotBelowFirst(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        CheckNotBelowFirst(retryTimeout, firstRetryInterval, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>How often the task is tried in all, the first time included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The time between the first failure and the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>By how much the time between attempts grows with each.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest time between a failure and the next attempt; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>
    /// How long after the first attempt a failure is still followed by another; <see cref="Timeout.InfiniteTimeSpan"/>
    /// for no limit.
    /// </summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>
    /// Says which failures are worth another attempt; every one is if this isn't set. It runs as a part of the
    /// orchestrator, so it must be as deterministic.
    /// </summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => handleFailure = value;
    }

    internal bool ShouldRetry(TaskFailureDetails failure) => handleFailure?.Invoke(failure) ?? true;

    private static void CheckNotBelowFirst(TimeSpan? value, TimeSpan firstRetryInterval, string name)
    {
        if (value < firstRetryInterval && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"The value must be at least the first retry interval, {firstRetryInterval}, or Timeout.InfiniteTimeSpan.");
        }
    }
}
