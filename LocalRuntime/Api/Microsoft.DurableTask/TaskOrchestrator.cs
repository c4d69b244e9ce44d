namespace Microsoft.DurableTask;

/// <summary>The code of an orchestrator, written as a class.</summary>
/// <typeparam name="TInput">The type that the input is read as.</typeparam>
/// <typeparam name="TOutput">The type that the output is written as.</typeparam>
public abstract class TaskOrchestrator<TInput, TOutput> : ITaskOrchestrator
{
    Type ITaskOrchestrator.InputType => typeof(TInput);

    Type ITaskOrchestrator.OutputType => typeof(TOutput);

    async Task<object?> ITaskOrchestrator.RunAsync(TaskOrchestrationContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.Cast<TInput>(input));
    }

    /// <summary>Runs the code.</summary>
    /// <param name="context">What it knows of its call.</param>
    /// <param name="input">The input; the type's default if there was none.</param>
    /// <returns>The output.</returns>
    public abstract Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input);
}
