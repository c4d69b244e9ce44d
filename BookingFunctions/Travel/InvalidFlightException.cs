namespace BookingFunctions.Travel;

/// <summary>There is no such flight.</summary>
/// <param name="flight">The flight that was asked for.</param>
public sealed class InvalidFlightException(string flight)
    : BookingRefusedException($"There is no flight '{flight}'.");
