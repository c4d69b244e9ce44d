namespace LocalRuntime.Engine;

/// <summary>A name under which nothing is registered.</summary>
public sealed class TaskMissingException : Exception
{
    private TaskMissingException(string message)
        : base(message)
    {
    }

    internal static TaskMissingException Activity(string name, IEnumerable<string> known) =>
        new($"The function '{name}' doesn't exist, is disabled, or is not an activity function."
            + $" Additional info: The following are the known activity functions: {List(known)}.");

    internal static TaskMissingException Orchestrator(string name, IEnumerable<string>? known = null) =>
        new($"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function."
            + (known is null ? "" : $" Additional info: The following are the known orchestrator functions: {List(known)}."));

    private static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => $"'{name}'"));
}
