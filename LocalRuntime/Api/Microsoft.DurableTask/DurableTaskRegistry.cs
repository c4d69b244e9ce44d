using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>The orchestrators and activities that a host can run, by name. Names that differ only in letter case are equal.</summary>
public sealed partial class DurableTaskRegistry
{
    private readonly VersionedTasks<ITaskActivity> activities = new();
    private readonly VersionedTasks<ITaskOrchestrator> orchestrators = new();

    internal IEnumerable<string> ActivityNames => activities.Names;

    internal IEnumerable<string> OrchestratorNames => orchestrators.Names;

    /// <summary>Lists the activities: the name of each and what makes it, once for each version.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() => activities.Factories;

    /// <summary>Lists the orchestrators: the name of each and what makes it, once for each version.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() => orchestrators.Factories;

    internal bool TryCreateActivity(
        string name, IServiceProvider services, [NotNullWhen(true)] out ITaskActivity? activity, string? version = null)
    {
        activity = activities.Create(name, version, services);
        return activity is not null;
    }

    internal bool TryCreateOrchestrator(
        string name, IServiceProvider services, [NotNullWhen(true)] out ITaskOrchestrator? orchestrator, string? version = null)
    {
        orchestrator = orchestrators.Create(name, version, services);
        return orchestrator is not null;
    }

    private static TaskName NameOf(Type type) =>
        Attribute.GetCustomAttribute(type, typeof(DurableTaskAttribute)) is DurableTaskAttribute { Name: var name } && name != default
            ? name
            : type.Name;

    private static TaskVersion VersionOf(Type type) =>
        Attribute.GetCustomAttribute(type, typeof(DurableTaskAttribute)) is DurableTaskAttribute { Version: { } version } ? version : default;

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
