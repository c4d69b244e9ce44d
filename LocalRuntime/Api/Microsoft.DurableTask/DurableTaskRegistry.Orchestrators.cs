namespace Microsoft.DurableTask;

// Written as types, or as objects that serve every call.
public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an orchestrator that a factory makes anew for each run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="factory">The factory.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Func<ITaskOrchestrator> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return AddOrchestrator(name, default(TaskVersion), factory);
    }

    /// <summary>Adds an orchestrator that is a class; it is made by its constructor without parameters.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The class.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Type type)
    {
        CheckIsConcrete<ITaskOrchestrator>(type);
        return AddOrchestrator(name, VersionOf(type), () => (ITaskOrchestrator)Activator.CreateInstance(type)!);
    }

    /// <summary>
    /// Adds an orchestrator that is a class, under the name in its <see cref="DurableTaskAttribute"/> or its own;
    /// it is made by its constructor without parameters.
    /// </summary>
    /// <param name="type">The class.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddOrchestrator(Type type)
    {
        CheckIsConcrete<ITaskOrchestrator>(type);
        return AddOrchestrator(NameOf(type), type);
    }

    /// <summary>Adds an orchestrator that is a class; it is made by its constructor without parameters.</summary>
    /// <typeparam name="TOrchestrator">The class.</typeparam>
    /// <param name="name">Its name.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddOrchestrator<TOrchestrator>(TaskName name)
        where TOrchestrator : class, ITaskOrchestrator => AddOrchestrator(name, typeof(TOrchestrator));

    /// <summary>
    /// Adds an orchestrator that is a class, under the name in its <see cref="DurableTaskAttribute"/> or its own;
    /// it is made by its constructor without parameters.
    /// </summary>
    /// <typeparam name="TOrchestrator">The class.</typeparam>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken or is the default value, or the type is abstract or another kind.</exception>
    public DurableTaskRegistry AddOrchestrator<TOrchestrator>()
        where TOrchestrator : class, ITaskOrchestrator => AddOrchestrator(typeof(TOrchestrator));

    /// <summary>Adds an orchestrator that is one object, which serves every run.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="orchestrator">The object.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, ITaskOrchestrator orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(name, VersionOf(orchestrator.GetType()), () => orchestrator);
    }

    /// <summary>
    /// Adds an orchestrator that is one object, which serves every run, under the name in its type's
    /// <see cref="DurableTaskAttribute"/> or that of the type.
    /// </summary>
    /// <param name="orchestrator">The object.</param>
    /// <returns>This registry.</returns>
    /// <exception cref="ArgumentException">The name is taken, or is the default value.</exception>
    public DurableTaskRegistry AddOrchestrator(ITaskOrchestrator orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddOrchestrator(NameOf(orchestrator.GetType()), orchestrator);
    }
}
