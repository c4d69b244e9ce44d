namespace BookingFunctions.Travel;

/// <summary>A provider can't answer now, but may later.</summary>
/// <param name="message">What it said.</param>
/// <param name="retryAfter">How long it asked to be left alone, or null if it didn't; see <see cref="RetryHint"/>.</param>
public class ProviderUnavailableException(string message, TimeSpan? retryAfter = null)
    : Exception(RetryHint.AddTo(message, retryAfter));
