using Microsoft.Azure.Functions.Worker;

namespace LocalFunctionsHost.Keys;

/// <summary>A key that callers show.</summary>
/// <param name="Name">What it is called; it is no secret.</param>
/// <param name="Level">What it opens.</param>
/// <param name="Function">The only function that it opens; null for all that its level opens.</param>
/// <param name="Hash">The SHA-256 hash of its value.</param>
internal sealed record FunctionKey(string Name, AuthorizationLevel Level, string? Function, byte[] Hash);
