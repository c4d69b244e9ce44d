namespace Microsoft.DurableTask;

// Written as functions.
public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an orchestrator that is an asynchronous function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(
        TaskName name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create(orchestrator));
    }

    /// <summary>Adds an orchestrator that is a function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(
        TaskName name, Func<TaskOrchestrationContext, TInput, TOutput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<TInput, TOutput>(
            (context, input) => Task.FromResult(orchestrator(context, input))));
    }

    /// <summary>Adds an orchestrator that is an asynchronous function with input only.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput>(TaskName name, Func<TaskOrchestrationContext, TInput, Task> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<TInput, object?>(async (context, input) =>
        {
            await orchestrator(context, input);
            return null;
        }));
    }

    /// <summary>Adds an orchestrator that is an asynchronous function with output only.</summary>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<TaskOrchestrationContext, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<object?, TOutput>((context, _) => orchestrator(context)));
    }

    /// <summary>Adds an orchestrator that is an asynchronous function without input and output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc(TaskName name, Func<TaskOrchestrationContext, Task> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<object?, object?>(async (context, _) =>
        {
            await orchestrator(context);
            return null;
        }));
    }

    /// <summary>Adds an orchestrator that is a function with output only.</summary>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<TaskOrchestrationContext, TOutput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<object?, TOutput>((context, _) => Task.FromResult(orchestrator(context))));
    }

    /// <summary>Adds an orchestrator that is a function with input only.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput>(TaskName name, Action<TaskOrchestrationContext, TInput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<TInput, object?>((context, input) =>
        {
            orchestrator(context, input);
            return NoOutput;
        }));
    }

    /// <summary>Adds an orchestrator that is a function without input and output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc(TaskName name, Action<TaskOrchestrationContext> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, FuncTaskOrchestrator.Create<object?, object?>((context, _) =>
        {
            orchestrator(context);
            return NoOutput;
        }));
    }
}
