namespace BookingFunctions.Travel;

/// <summary>A provider that is reached over HTTP won't book this, now or later.</summary>
/// <param name="message">Its answer, and why if it said so.</param>
public sealed class ProviderRefusedException(string message) : BookingRefusedException(message);
