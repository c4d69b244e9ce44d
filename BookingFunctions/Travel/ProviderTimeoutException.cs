using System.Globalization;

namespace BookingFunctions.Travel;

/// <summary>A provider did not answer in time: the outcome of the call is unknown.</summary>
/// <param name="action">What it was asked to do, such as "book the car".</param>
/// <param name="limit">How long it was given.</param>
public sealed class ProviderTimeoutException(string action, TimeSpan limit)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"The provider that was asked to {action} did not answer within {limit.TotalSeconds} s; whether it did it is unknown."));
