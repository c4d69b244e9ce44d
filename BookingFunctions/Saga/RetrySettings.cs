using System.Text.Json.Serialization;
using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>How often something is tried, and how long between tries.</summary>
/// <param name="Attempts">How often, from 1.</param>
/// <param name="FirstInterval">How long to wait after the first failure.</param>
/// <param name="BackoffCoefficient">How many times longer each wait is than the one before, from 1.</param>
/// <param name="MaxInterval">The longest wait.</param>
public sealed record RetrySettings(
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("firstInterval")] TimeSpan FirstInterval,
    [property: JsonPropertyName("backoffCoefficient")] double BackoffCoefficient,
    [property: JsonPropertyName("maxInterval")] TimeSpan MaxInterval)
{
    /// <summary>
    /// Makes the options of a call that is retried so, and not before the time that a provider asked for. What a circuit breaker
    /// refused is no try: see <see cref="CircuitWaits"/>.
    /// </summary>
    /// <param name="shouldRetry">
    /// Told each failure after which a retry is possible, and the number of the next try and when it begins; says whether there is one.
    /// </param>
    /// <param name="cancellation">Ends a wait with an <see cref="OperationCanceledException"/>: an instance completes once no timer of its is open.</param>
    public TaskOptions ToTaskOptions(
        Func<TaskFailureDetails, int, DateTimeOffset, bool> shouldRetry, CancellationToken cancellation = default)
    {
        var attempt = 1;
        var circuit = new CircuitWaits();
        return TaskOptions.FromRetryHandler(async retry =>
        {
            var (context, failure) = (retry.OrchestrationContext, retry.LastFailure);
            var next = failure.IsCausedBy<CircuitOpenException>() ? circuit.Next(RetryHint.Read(failure.ErrorMessage), context.NewGuid())
                : attempt < Attempts ? Wait(attempt++, failure)
                : (TimeSpan?)null;
            if (next is not { } wait || !shouldRetry(failure, attempt, context.CurrentUtcDateTime + wait))
            {
                return false;
            }

            await context.CreateTimer(wait, cancellation);
            return true;
        });
    }

    /// <summary>Makes the options of a call that has to succeed in the end, such as one to the app's own store.</summary>
    public TaskOptions Endlessly() =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(int.MaxValue, FirstInterval, BackoffCoefficient, MaxInterval));

    private TimeSpan Wait(int attempt, TaskFailureDetails failure)
    {
        // As a double: a coefficient to the power of many attempts leaves every integer behind.
        var milliseconds = Math.Min(
            FirstInterval.TotalMilliseconds * Math.Pow(BackoffCoefficient, attempt - 1), MaxInterval.TotalMilliseconds);
        var interval = TimeSpan.FromMilliseconds(milliseconds);
        var asked = failure.IsCausedBy<ProviderUnavailableException>() ? RetryHint.Read(failure.ErrorMessage) : TimeSpan.Zero;
        return asked > interval ? asked : interval;
    }
}
