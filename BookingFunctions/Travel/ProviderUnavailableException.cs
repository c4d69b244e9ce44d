namespace BookingFunctions.Travel;

/// <summary>A provider can't answer now, but may later.</summary>
/// <param name="message">What it said.</param>
public sealed class ProviderUnavailableException(string message) : Exception(message);
