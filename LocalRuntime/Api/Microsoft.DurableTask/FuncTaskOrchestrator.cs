namespace Microsoft.DurableTask;

/// <summary>Makes orchestrators out of functions.</summary>
public static class FuncTaskOrchestrator
{
    /// <summary>Makes an orchestrator out of a function.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="implementation">The function.</param>
    public static TaskOrchestrator<TInput, TOutput> Create<TInput, TOutput>(
        Func<TaskOrchestrationContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        return new Function<TInput, TOutput>(implementation);
    }

    private sealed class Function<TInput, TOutput>(Func<TaskOrchestrationContext, TInput, Task<TOutput>> run)
        : TaskOrchestrator<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input) => run(context, input);
    }
}
