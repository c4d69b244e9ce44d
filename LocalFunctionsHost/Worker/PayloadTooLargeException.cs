namespace LocalFunctionsHost.Worker;

/// <summary>A value is too large to keep.</summary>
/// <param name="message">How large it is, and what to do.</param>
public sealed class PayloadTooLargeException(string message) : Exception(message);
