using LocalRuntime.Engine;
using LocalFunctionsHost.Functions;
using DurableTask.Sqlite.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost;

/// <summary>Makes the engine that runs an app's functions.</summary>
internal static class EngineFactory
{
    public static DurableEngine Create(IServiceProvider services, HostSettings settings, FunctionCatalog catalog, Func<string, string>? nameInLogs)
    {
        var loggers = services.GetRequiredService<ILoggerFactory>();
        var defaults = new DurableEngineOptions();
        var options = new DurableEngineOptions
        {
            MaxConcurrentActivities = settings.MaxConcurrentActivities ?? defaults.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = settings.MaxConcurrentOrchestrators ?? defaults.MaxConcurrentOrchestrators,
            NameInLogs = nameInLogs ?? defaults.NameInLogs,
            DefaultVersion = settings.DefaultVersion,
            VersionMatch = settings.VersionMatch,
            VersionFailure = settings.VersionFailure,

            // Recorded so of the genuine host; code that relied on it here would find nothing there.
            GivesFailureDetails = false,
        };
        return new DurableEngine(
            services.GetRequiredService<IOrchestrationStore>(),
            Register(services, catalog),
            services,
            options,
            services.GetService<TimeProvider>(),
            loggers);
    }

    /// <summary>Registers an app's functions.</summary>
    internal static DurableTaskRegistry Register(IServiceProvider services, FunctionCatalog catalog)
    {
        var registry = new DurableTaskRegistry();
        foreach (var orchestrator in catalog.Orchestrators)
        {
            registry.AddOrchestrator(orchestrator.Method.Name, () => orchestrator.Create(services));
        }

        foreach (var activity in catalog.Activities)
        {
            registry.AddActivity(activity.Method.Name, activity.Create);
        }

        return registry;
    }
}
