namespace Microsoft.DurableTask;

/// <summary>The code of an activity, written as a class.</summary>
/// <typeparam name="TInput">The type that the input is read as.</typeparam>
/// <typeparam name="TOutput">The type that the output is written as.</typeparam>
public abstract class TaskActivity<TInput, TOutput> : ITaskActivity
{
    Type ITaskActivity.InputType => typeof(TInput);

    Type ITaskActivity.OutputType => typeof(TOutput);

    async Task<object?> ITaskActivity.RunAsync(TaskActivityContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.Cast<TInput>(input));
    }

    /// <summary>Runs the code.</summary>
    /// <param name="context">What it knows of its call.</param>
    /// <param name="input">The input; the type's default if there was none.</param>
    /// <returns>The output.</returns>
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);
}
