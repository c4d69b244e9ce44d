namespace LocalRuntime.Engine;

/// <summary>A value is too large to be kept.</summary>
/// <param name="message">How large it is, and what to do.</param>
public sealed class PayloadTooLargeException(string message) : Exception(message);
