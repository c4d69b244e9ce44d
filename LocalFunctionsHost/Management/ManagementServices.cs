using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Settings;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LocalFunctionsHost.Management;

/// <summary>The Durable Task client and the management API, as the host puts them together.</summary>
internal static class ManagementServices
{
    /// <summary>
    /// Registers them; the <see cref="IOrchestrationBackend"/>, the settings, the keys and the worker's options are there already.
    /// </summary>
    /// <param name="services">Where to.</param>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(provider => new ManagementLinks(
            provider.GetRequiredService<HostSettings>().HubName, provider.GetRequiredService<FunctionKeys>().ManagementCode));
        services.AddSingleton(provider => new LocalDurableTaskClient(
            provider.GetRequiredService<IOrchestrationBackend>(),
            new LocalDurableTaskClientOptions
            {
                DefaultVersion = provider.GetRequiredService<HostSettings>().DefaultVersion,
                Converter = provider.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value.DataConverter,
                Clock = provider.GetRequiredService<TimeProvider>(),
            }));
        services.AddSingleton<DurableTaskClient>(provider => provider.GetRequiredService<LocalDurableTaskClient>());
        services.AddSingleton<FunctionsClientSource>();
        services.AddSingleton<ManagementApi>();
    }
}
