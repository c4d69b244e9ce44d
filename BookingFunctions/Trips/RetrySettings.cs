using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>How often something is tried, and how long between tries.</summary>
/// <param name="Attempts">How often, from 1.</param>
/// <param name="FirstInterval">How long to wait after the first failure.</param>
/// <param name="BackoffCoefficient">How many times longer each wait is than the one before, from 1.</param>
/// <param name="MaxInterval">The longest wait.</param>
public sealed record RetrySettings(
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("firstInterval")] TimeSpan FirstInterval,
    [property: JsonPropertyName("backoffCoefficient")] double BackoffCoefficient,
    [property: JsonPropertyName("maxInterval")] TimeSpan MaxInterval);
