namespace Microsoft.DurableTask;

/// <summary>Makes activities out of functions.</summary>
public static class FuncTaskActivity
{
    /// <summary>Makes an activity out of a function.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="implementation">The function.</param>
    public static TaskActivity<TInput, TOutput> Create<TInput, TOutput>(
        Func<TaskActivityContext, TInput, Task<TOutput>> implementation)
    {
        ArgumentNullException.ThrowIfNull(implementation);
        return new Function<TInput, TOutput>(implementation);
    }

    private sealed class Function<TInput, TOutput>(Func<TaskActivityContext, TInput, Task<TOutput>> run)
        : TaskActivity<TInput, TOutput>
    {
        public override Task<TOutput> RunAsync(TaskActivityContext context, TInput input) => run(context, input);
    }
}
