namespace LocalRuntime.Engine;

/// <summary>A name under which nothing is registered.</summary>
public sealed class TaskMissingException : Exception
{
    internal const string ActivityErrorType = "ActivityTaskNotFound";

    private TaskMissingException(string errorType, string message)
        : base(message) => ErrorType = errorType;

    /// <summary>The error type that failure details have for it, as Microsoft.DurableTask.Worker.Grpc names it.</summary>
    internal string ErrorType { get; }

    internal static TaskMissingException Activity(string name, string? version, IEnumerable<string> known) => new(
        ActivityErrorType,
        $"The function '{name}'{Describe(version)} doesn't exist, is disabled, or is not an activity function."
        + $" Additional info: The following are the known activity functions: {List(known)}.");

    internal static TaskMissingException Orchestrator(string name, string? version, IEnumerable<string> known) => new(
        "OrchestratorTaskNotFound",
        $"The function '{name}'{Describe(version)} doesn't exist, is disabled, or is not an orchestrator function."
        + $" Additional info: The following are the known orchestrator functions: {List(known)}.");

    private static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));

    private static string Describe(string? version) => string.IsNullOrEmpty(version) ? "" : $" of the version '{version}'";
}
