using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using LocalRuntime.Hosting;
using LocalRuntime.Hosting.Functions;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Workload;

/// <summary>The functions of the app and of the simulator, found and registered as the host does it.</summary>
internal static class AppFunctions
{
    private static readonly FunctionCatalog Catalog =
        FunctionDiscovery.Find([.. typeof(BookTrip).Assembly.GetTypes(), .. typeof(AppFunctions).Assembly.GetTypes()]);

    public static DurableTaskRegistry Register(IServiceProvider services, AppVersion version)
    {
        var registry = EngineFactory.Register(services, Catalog);
        registry.AddOrchestratorFunc<int, string>(nameof(Changing), (context, steps) => Changing.RunAsync(context, steps, version.Code));
        return registry;
    }
}
