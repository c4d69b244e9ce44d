using BookingFunctions.Saga;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>The functions of the app and of the simulator, found as the host does it.</summary>
internal static class AppFunctions
{
    /// <summary>The functions.</summary>
    public static FunctionCatalog Catalog { get; } =
        FunctionDiscovery.Find([.. typeof(BookTrip).Assembly.GetTypes(), .. typeof(AppFunctions).Assembly.GetTypes()]);

    /// <summary>The worker's services, as the host has them. Nothing in them belongs to a process.</summary>
    public static IServiceProvider Worker { get; } = Build();

    private static ServiceProvider Build()
    {
        ServiceCollection services = new();
        WorkerServices.Add(services, new HostSettings());
        return services.BuildServiceProvider();
    }
}
