using Microsoft.DurableTask;

namespace LocalRuntime.Engine.Replay;

/// <summary>Calls a durable task again after failures, in the orchestrator's own (replayed) code.</summary>
internal static class Retries
{
    /// <summary>Calls as a policy says.</summary>
    /// <remarks>
    /// As the Durable Task Framework's RetryInterceptor: a failure that is marked as non-retriable is final, the policy is
    /// not asked after the last attempt, and that attempt is followed by a timer which fires at once.
    /// </remarks>
    public static async Task<T> RunAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call, Func<TaskFailedException, bool> isFinal)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 0; ; attempt++)
        {
            TaskFailedException failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException e) when (!isFinal(e))
            {
                failure = e;
            }

            if (attempt + 1 >= policy.MaxNumberOfAttempts)
            {
                await context.CreateTimer(context.CurrentUtcDateTime, CancellationToken.None);
                throw failure;
            }

            if (!ShouldRetry(policy, failure) || HasTimedOut(context, policy, firstAttempt))
            {
                throw failure;
            }

            await context.CreateTimer(context.CurrentUtcDateTime + Delay(policy, attempt), CancellationToken.None);
        }
    }

    /// <summary>Calls until a handler says that it is enough; the handler waits between attempts itself.</summary>
    public static async Task<T> RunAsync<T>(
        TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call, Func<TaskFailedException, bool> isFinal)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailedException failure;
            try
            {
                return await call();
            }
            catch (TaskFailedException e) when (!isFinal(e))
            {
                failure = e;
            }

            var retry = new RetryContext(
                context, attempt, failure.FailureDetails, context.CurrentUtcDateTime - firstAttempt, CancellationToken.None);
            if (!await handler(retry))
            {
                throw failure;
            }
        }
    }

    private static bool ShouldRetry(RetryPolicy policy, TaskFailedException failure)
    {
        try
        {
            return policy.ShouldRetry(failure.FailureDetails);
        }
        catch (Exception)
        {
            // As upstream: an error in the test must not hide the failure that it was asked about.
            return false;
        }
    }

    private static bool HasTimedOut(TaskOrchestrationContext context, RetryPolicy policy, DateTime firstAttempt) =>
        policy.RetryTimeout != Timeout.InfiniteTimeSpan
        && policy.RetryTimeout != TimeSpan.MaxValue
        && context.CurrentUtcDateTime - firstAttempt >= policy.RetryTimeout;

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        // As a double: a coefficient to the power of many attempts leaves every integer behind.
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt);
        var longest = policy.MaxRetryInterval > TimeSpan.Zero ? policy.MaxRetryInterval : TimeSpan.MaxValue;
        return milliseconds < longest.TotalMilliseconds && milliseconds < LongestDelay.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : longest < LongestDelay ? longest : LongestDelay;
    }

    // Longer would end beyond the calendar.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(365_000);
}
