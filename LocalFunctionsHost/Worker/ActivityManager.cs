using DurableTask.Core;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask.Worker.Shims;

namespace LocalFunctionsHost.Worker;

/// <summary>Finds activities by name, in any letter case and version; a missing one fails its task.</summary>
/// <param name="catalog">The functions.</param>
/// <param name="shims">Adapts them to the framework.</param>
/// <param name="services">The app's services.</param>
/// <param name="properties">What is kept of exceptions beside their text; null for nothing.</param>
/// <param name="log">What is logged of activities.</param>
/// <param name="backend">Cancels activities whose calls it has lost.</param>
/// <param name="stopping">Cancels running activities.</param>
internal sealed class ActivityManager(
    FunctionCatalog catalog,
    DurableTaskShimFactory shims,
    IServiceProvider services,
    IExceptionPropertiesProvider? properties,
    FunctionLog log,
    IOrchestrationBackend backend,
    CancellationToken stopping) : INameVersionObjectManager<TaskActivity>
{
    private readonly Dictionary<string, ActivityFunction> activities =
        catalog.Activities.ToDictionary(activity => activity.Method.Name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public void Add(ObjectCreator<TaskActivity> creator) =>
        throw new NotSupportedException("The activities are the functions of the app; none can be added.");

    /// <inheritdoc/>
    public TaskActivity GetObject(string name, string? version) => activities.TryGetValue(name ?? "", out var function)
        ? new FunctionTaskActivity(function, name!, shims, services, properties, log, backend, stopping)
        : new MissingActivity(name ?? "", version, activities.Keys);
}
