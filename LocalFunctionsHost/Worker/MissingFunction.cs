using DurableTask.Core;

namespace LocalFunctionsHost.Worker;

/// <summary>Says that there is no function of a name, in the words and with the error types of the Azure host.</summary>
internal static class MissingFunction
{
    public const string ActivityErrorType = "ActivityTaskNotFound";

    private const string OrchestratorErrorType = "OrchestratorTaskNotFound";

    public static FailureDetails Activity(string name, string? version, IEnumerable<string> known) =>
        Describe(ActivityErrorType, "an activity", "activity", name, version, known);

    public static FailureDetails Orchestrator(string name, string? version, IEnumerable<string> known) =>
        Describe(OrchestratorErrorType, "an orchestrator", "orchestrator", name, version, known);

    private static FailureDetails Describe(
        string errorType, string aKind, string kind, string name, string? version, IEnumerable<string> known)
    {
        var ofVersion = string.IsNullOrEmpty(version) ? "" : $" of the version '{version}'";
        var names = string.Join(", ", known.Order(StringComparer.Ordinal).Select(other => $"'{other}'"));
        var message = $"The function '{name}'{ofVersion} doesn't exist, is disabled, or is not {aKind} function."
            + $" Additional info: The following are the known {kind} functions: {names}.";
        return new FailureDetails(errorType, message, stackTrace: null, innerFailure: null, isNonRetriable: true);
    }
}
