namespace Microsoft.DurableTask;

// Written for one version each: a name may have several.
public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds the version of an activity that a factory makes anew for each run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; the default value for calls that ask for none.</param>
    /// <param name="factory">The factory.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name has that version already, or is the default value.</exception>
    public DurableTaskRegistry AddActivity(TaskName name, TaskVersion version, Func<ITaskActivity> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        activities.Add(name, version, _ => factory());
        return this;
    }

    /// <summary>Adds the version of an activity that is an asynchronous function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; the default value for calls that ask for none.</param>
    /// <param name="activity">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name has that version already, or is the default value.</exception>
    public DurableTaskRegistry AddActivityFunc<TInput, TOutput>(
        TaskName name, TaskVersion version, Func<TaskActivityContext, TInput, Task<TOutput>> activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        var task = FuncTaskActivity.Create(activity);
        return AddActivity(name, version, () => task);
    }

    /// <summary>Adds the version of an orchestrator that a factory makes anew for each run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; the default value for instances that have none.</param>
    /// <param name="factory">The factory.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name has that version already, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, TaskVersion version, Func<ITaskOrchestrator> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        orchestrators.Add(name, version, _ => factory());
        return this;
    }

    /// <summary>Adds the version of an orchestrator that is an asynchronous function with input and output.</summary>
    /// <typeparam name="TInput">The type that the input is read as.</typeparam>
    /// <typeparam name="TOutput">The type that the output is written as.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="version">Its version; the default value for instances that have none.</param>
    /// <param name="orchestrator">The function.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name has that version already, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(
        TaskName name, TaskVersion version, Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        var task = FuncTaskOrchestrator.Create(orchestrator);
        return AddOrchestrator(name, version, () => task);
    }
}
