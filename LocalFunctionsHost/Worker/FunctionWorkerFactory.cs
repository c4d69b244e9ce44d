using DurableTask.Core;
using DurableTask.Core.Settings;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Settings;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LocalFunctionsHost.Worker;

/// <summary>Makes the Durable Task Framework's worker for an app's functions.</summary>
internal static class FunctionWorkerFactory
{
    /// <summary>Makes the worker without starting it.</summary>
    /// <param name="service">Where it takes its work from.</param>
    /// <param name="backend">Where the work is kept.</param>
    /// <param name="catalog">The functions.</param>
    /// <param name="services">
    /// The app's services, with those of <see cref="WorkerServices"/>; each call of a function has a scope of its own.
    /// </param>
    /// <param name="settings">The versions that it runs.</param>
    /// <param name="loggers">The framework's logs.</param>
    /// <param name="activityLog">What is logged of activities.</param>
    /// <param name="stopping">Cancels running activities, which then run again after the next start.</param>
    public static TaskHubWorker Create(
        IOrchestrationService service,
        IOrchestrationBackend backend,
        FunctionCatalog catalog,
        IServiceProvider services,
        HostSettings settings,
        ILoggerFactory loggers,
        FunctionLog activityLog,
        CancellationToken stopping)
    {
        var options = services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value;

        // Without logs: the shims would log instance ids in full, and the texts of failures.
        var shims = new DurableTaskShimFactory(options, NullLoggerFactory.Instance);
        var properties = services.GetService<Microsoft.DurableTask.Worker.IExceptionPropertiesProvider>() is { } provider
            ? new SafeExceptionProperties(provider)
            : null;
        var worker = new TaskHubWorker(
            service,
            new OrchestratorManager(catalog, shims, services),
            new ActivityManager(catalog, shims, services, properties, activityLog, backend, stopping),
            new VersioningSettings
            {
                Version = settings.DefaultVersion,
                MatchStrategy = settings.VersionMatch,
                FailureStrategy = settings.VersionFailure,
            },
            loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
            ExceptionPropertiesProvider = properties,
        };
        worker.AddOrchestrationDispatcherMiddleware(OrchestrationMiddleware.InvokeAsync);
        return worker;
    }
}
