using System.Text.Json;
using Azure.Core.Serialization;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalFunctionsHost.Worker;

/// <summary>The worker's services, registered by the worker extension itself, so that values are written as on Azure.</summary>
internal static class WorkerServices
{
    /// <summary>Registers them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="settings">The version of new sub-orchestrations.</param>
    public static void Add(IServiceCollection services, HostSettings settings)
    {
        // As the worker's own start-up, which can't run without the Azure host.
        services.Configure<JsonSerializerOptions>(json => json.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));
        new DurableTaskExtensionStartup().Configure(new ServicesOnly(services));
        foreach (var call in services.Where(service => CallsFunctions(service.ServiceType)).ToList())
        {
            services.Remove(call);
        }

        if (settings.DefaultVersion.Length > 0)
        {
            services.PostConfigure<DurableTaskWorkerOptions>(options => options.Versioning = new DurableTaskWorkerOptions.VersioningOptions
            {
                Version = settings.DefaultVersion,
                DefaultVersion = settings.DefaultVersion,
            });
        }
    }

    // They need the worker's own services: in Development, where services are checked, the host would not start with them.
    private static bool CallsFunctions(Type service) => service.Assembly == typeof(DurableTaskExtensionStartup).Assembly
        && service.Name is "DurableTaskFunctionsMiddleware" or "DurableFunctionExecutor";

    private sealed class ServicesOnly(IServiceCollection services) : IFunctionsWorkerApplicationBuilder
    {
        public IServiceCollection Services => services;

        // The functions are called by this host, and not through the worker's pipeline.
        public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware) => this;
    }
}
