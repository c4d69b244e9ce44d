namespace LocalFunctionsHost.Settings;

/// <summary>The host can't start, for a reason that the user can remove: the message says what and how.</summary>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="inner">The cause, or null.</param>
public sealed class HostStartException(string message, Exception? inner = null) : Exception(message, inner);
