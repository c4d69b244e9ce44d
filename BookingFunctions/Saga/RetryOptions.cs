using BookingFunctions.Travel;
using BookingFunctions.Trips;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>Makes options of activity calls from <see cref="RetrySettings"/>.</summary>
public static class RetryOptions
{
    /// <summary>
    /// Makes the options of a call that is retried so, and not before the time that a provider asked for. What a circuit breaker
    /// refused is no try: see <see cref="CircuitWaits"/>.
    /// </summary>
    /// <param name="settings">How often, and how long between tries.</param>
    /// <param name="shouldRetry">
    /// Decides about each failure after which a retry is possible. It gets the number of the next try, and when that begins.
    /// </param>
    /// <param name="cancellation">
    /// Ends a wait with an <see cref="OperationCanceledException"/>: an instance completes once no timer of its is open.
    /// </param>
    public static TaskOptions ToTaskOptions(
        this RetrySettings settings,
        Func<TaskFailureDetails, int, DateTimeOffset, bool> shouldRetry,
        CancellationToken cancellation = default) =>
        TaskOptions.FromRetryHandler(settings.ToRetryHandler(shouldRetry, cancellation));

    /// <summary>Makes the handler of <see cref="ToTaskOptions"/>.</summary>
    /// <param name="settings">How often, and how long between tries.</param>
    /// <param name="shouldRetry">Decides about each failure after which a retry is possible.</param>
    /// <param name="cancellation">Ends a wait.</param>
    public static AsyncRetryHandler ToRetryHandler(
        this RetrySettings settings,
        Func<TaskFailureDetails, int, DateTimeOffset, bool> shouldRetry,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var attempt = 1;
        var circuit = new CircuitWaits();
        return async retry =>
        {
            var (context, failure) = (retry.OrchestrationContext, retry.LastFailure);
            var next = failure.IsCausedBy<CircuitOpenException>() ? circuit.Next(RetryHint.Read(failure.ErrorMessage), context.NewGuid())
                : attempt < settings.Attempts ? Wait(settings, attempt++, failure)
                : (TimeSpan?)null;
            if (next is not { } wait || !shouldRetry(failure, attempt, context.CurrentUtcDateTime + wait))
            {
                return false;
            }

            await context.CreateTimer(wait, cancellation);
            return true;
        };
    }

    /// <summary>Makes the options of a call that has to succeed in the end, such as one to the app's own store.</summary>
    /// <param name="settings">How long between tries.</param>
    public static TaskOptions ToUnlimitedRetryOptions(this RetrySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return TaskOptions.FromRetryPolicy(
            new RetryPolicy(int.MaxValue, settings.FirstInterval, settings.BackoffCoefficient, settings.MaxInterval));
    }

    private static TimeSpan Wait(RetrySettings settings, int attempt, TaskFailureDetails failure)
    {
        // As a double: a coefficient to the power of many attempts leaves every integer behind.
        var milliseconds = Math.Min(
            settings.FirstInterval.TotalMilliseconds * Math.Pow(settings.BackoffCoefficient, attempt - 1),
            settings.MaxInterval.TotalMilliseconds);
        var interval = TimeSpan.FromMilliseconds(milliseconds);
        var asked = failure.IsCausedBy<ProviderUnavailableException>() ? RetryHint.Read(failure.ErrorMessage) : TimeSpan.Zero;
        return asked > interval ? asked : interval;
    }
}
