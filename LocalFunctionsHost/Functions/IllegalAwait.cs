namespace LocalFunctionsHost.Functions;

/// <summary>What an orchestrator fails with that awaits something that isn't durable, in the worker extension's words.</summary>
internal static class IllegalAwait
{
    public const string Message =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks "
        + "in an orchestrator function's implementation or by middleware that invokes asynchronous code.";
}
