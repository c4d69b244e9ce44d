namespace Microsoft.DurableTask;

// Written as functions.
public sealed partial class DurableTaskRegistry
{
    private static readonly Task<object?> NoOutput = Task.FromResult<object?>(null);

    /// <summary>Adds an activity that is an asynchronous function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(
        TaskName name, Func<TaskActivityContext, TInput, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create(activity));
    }

    /// <summary>Adds an activity that is a function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(
        TaskName name, Func<TaskActivityContext, TInput, TOutput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<TInput, TOutput>(
            (context, input) => Task.FromResult(activity(context, input))));
    }

    /// <summary>Adds an activity that is an asynchronous function with input only.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Func<TaskActivityContext, TInput, Task> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<TInput, object?>(async (context, input) =>
        {
            await activity(context, input);
            return null;
        }));
    }

    /// <summary>Adds an activity that is an asynchronous function with output only.</summary>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<TaskActivityContext, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<object?, TOutput>((context, _) => activity(context)));
    }

    /// <summary>Adds an activity that is an asynchronous function without input and output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc(TaskName name, Func<TaskActivityContext, Task> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<object?, object?>(async (context, _) =>
        {
            await activity(context);
            return null;
        }));
    }

    /// <summary>Adds an activity that is a function with output only.</summary>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TOutput>(TaskName name, Func<TaskActivityContext, TOutput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<object?, TOutput>((context, _) => Task.FromResult(activity(context))));
    }

    /// <summary>Adds an activity that is a function with input only.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput>(TaskName name, Action<TaskActivityContext, TInput> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<TInput, object?>((context, input) =>
        {
            activity(context, input);
            return NoOutput;
        }));
    }

    /// <summary>Adds an activity that is a function without input and output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc(TaskName name, Action<TaskActivityContext> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return AddActivity(name, FuncTaskActivity.Create<object?, object?>((context, _) =>
        {
            activity(context);
            return NoOutput;
        }));
    }
}
