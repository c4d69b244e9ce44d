namespace LocalRuntime.Engine;

/// <summary>An instance was started by a version that this engine does not run.</summary>
/// <param name="message">What doesn't fit.</param>
internal sealed class VersionMismatchException(string message) : Exception(message);
