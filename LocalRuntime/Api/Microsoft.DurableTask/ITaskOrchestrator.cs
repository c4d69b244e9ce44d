namespace Microsoft.DurableTask;

/// <summary>
/// The code of an orchestrator, as the host runs it.
/// Implement <see cref="TaskOrchestrator{TInput, TOutput}"/> rather than this.
/// </summary>
public interface ITaskOrchestrator
{
    /// <summary>The type that the input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type that the output is written as.</summary>
    Type OutputType { get; }

    /// <summary>Runs the code.</summary>
    /// <param name="context">What it knows of its call.</param>
    /// <param name="input">The input, of the type <see cref="InputType"/>; null for none.</param>
    /// <returns>The output; null for none.</returns>
    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}
