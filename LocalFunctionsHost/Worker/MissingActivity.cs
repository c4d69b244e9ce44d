using DurableTask.Core;

namespace LocalFunctionsHost.Worker;

/// <summary>Stands for an activity that the app doesn't have: its task fails, and isn't retried.</summary>
/// <param name="name">The name that was called.</param>
/// <param name="version">The version that was called; empty or null for none.</param>
/// <param name="known">The names that there are.</param>
internal sealed class MissingActivity(string name, string? version, IEnumerable<string> known) : TaskActivity
{
    /// <inheritdoc/>
    public override string Run(TaskContext context, string input)
    {
        var failure = MissingFunction.Activity(name, version, known);
        throw TaskFailures.Create(failure.ErrorMessage, cause: null, failure);
    }
}
