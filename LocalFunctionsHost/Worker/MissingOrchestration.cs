using DurableTask.Core;
using DurableTask.Core.Exceptions;

namespace LocalFunctionsHost.Worker;

/// <summary>Stands for an orchestrator that the app doesn't have: its instance fails.</summary>
/// <param name="name">The name that was started.</param>
/// <param name="version">The version that was started; empty or null for none.</param>
/// <param name="known">The names that there are.</param>
internal sealed class MissingOrchestration(string name, string? version, IEnumerable<string> known) : TaskOrchestration
{
    /// <inheritdoc/>
    public override Task<string> Execute(OrchestrationContext context, string input)
    {
        var failure = MissingFunction.Orchestrator(name, version, known);
        return Task.FromException<string>(new TaskFailedException(failure.ErrorMessage, null) { FailureDetails = failure });
    }

    /// <inheritdoc/>
    public override void RaiseEvent(OrchestrationContext context, string name, string input)
    {
    }

    /// <inheritdoc/>
    public override string? GetStatus() => null;
}
