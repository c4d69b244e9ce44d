namespace BookingFunctions.Travel;

/// <summary>A circuit breaker keeps calls from a provider for a while: it was not asked, so this try doesn't count as one.</summary>
/// <param name="message">Which provider.</param>
/// <param name="retryAfter">When the circuit may close.</param>
public sealed class CircuitOpenException(string message, TimeSpan retryAfter) : ProviderUnavailableException(message, retryAfter);
