using DurableTask.Core;
using LocalFunctionsHost.Functions;
using Microsoft.DurableTask.Worker.Shims;

namespace LocalFunctionsHost.Worker;

/// <summary>Finds orchestrators by name, in any letter case and version; a missing one fails its instance.</summary>
/// <param name="catalog">The functions.</param>
/// <param name="shims">Adapts them to the framework.</param>
/// <param name="services">The app's services.</param>
internal sealed class OrchestratorManager(FunctionCatalog catalog, DurableTaskShimFactory shims, IServiceProvider services)
    : INameVersionObjectManager<TaskOrchestration>
{
    private readonly Dictionary<string, OrchestratorFunction> orchestrators =
        catalog.Orchestrators.ToDictionary(orchestrator => orchestrator.Method.Name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public void Add(ObjectCreator<TaskOrchestration> creator) =>
        throw new NotSupportedException("The orchestrators are the functions of the app; none can be added.");

    /// <inheritdoc/>
    public TaskOrchestration GetObject(string name, string? version) => orchestrators.TryGetValue(name ?? "", out var function)
        ? new FunctionOrchestration(function, name!, shims, services)
        : new MissingOrchestration(name ?? "", version, orchestrators.Keys);
}
