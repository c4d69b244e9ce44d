using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>The orchestrators and activities that a host can run, by name. Names that differ only in letter case are equal.</summary>
public sealed partial class DurableTaskRegistry
{
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskActivity>> activities = [];
    private readonly Dictionary<TaskName, Func<IServiceProvider, ITaskOrchestrator>> orchestrators = [];

    internal IEnumerable<string> ActivityNames => activities.Keys.Select(name => name.Name);

    internal IEnumerable<string> OrchestratorNames => orchestrators.Keys.Select(name => name.Name);

    /// <summary>Lists the activities: the name of each and what makes it.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() => activities.AsReadOnly();

    /// <summary>Lists the orchestrators: the name of each and what makes it.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() =>
        orchestrators.AsReadOnly();

    internal bool TryCreateActivity(string name, IServiceProvider services, [NotNullWhen(true)] out ITaskActivity? activity)
    {
        activity = activities.TryGetValue(name, out var create) ? create(services) : null;
        return activity is not null;
    }

    internal bool TryCreateOrchestrator(
        string name, IServiceProvider services, [NotNullWhen(true)] out ITaskOrchestrator? orchestrator)
    {
        orchestrator = orchestrators.TryGetValue(name, out var create) ? create(services) : null;
        return orchestrator is not null;
    }

    private DurableTaskRegistry Add<T>(
        Dictionary<TaskName, Func<IServiceProvider, T>> tasks, TaskName name, Func<IServiceProvider, T> factory)
    {
        if (name == default)
        {
            throw new ArgumentException("A name is needed: it can't be the default value.", nameof(name));
        }

        ArgumentNullException.ThrowIfNull(factory);
        if (!tasks.TryAdd(name, factory))
        {
            throw new ArgumentException(
                $"An {typeof(T).Name} named '{name}' is already added; names that differ only in letter case are equal.", nameof(name));
        }

        return this;
    }

    private static TaskName NameOf(Type type) =>
        Attribute.GetCustomAttribute(type, typeof(DurableTaskAttribute)) is DurableTaskAttribute { Name: var name } && name != default
            ? name
            : type.Name;

    private static void CheckIsConcrete<T>(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!type.IsClass || type.IsAbstract || !type.IsAssignableTo(typeof(T)))
        {
            throw new ArgumentException(
                $"The type '{type}' is not a class that implements '{typeof(T)}', or it is abstract.", nameof(type));
        }
    }
}
