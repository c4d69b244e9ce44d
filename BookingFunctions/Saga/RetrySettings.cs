using System.Text.Json.Serialization;
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
    /// <summary>Makes the options of a call that is retried so.</summary>
    /// <param name="shouldRetry">Told each failure after which a retry is possible; says whether there is one.</param>
    public TaskOptions ToTaskOptions(Func<TaskFailureDetails, bool> shouldRetry) => TaskOptions.FromRetryPolicy(
        new RetryPolicy(Attempts, FirstInterval, BackoffCoefficient, MaxInterval) { HandleFailure = shouldRetry });
}
