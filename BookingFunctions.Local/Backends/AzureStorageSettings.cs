using BookingFunctions.Storage;
using DurableTask.AzureStorage;
using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Local.Backends;

/// <summary>The settings of Azure Storage, made of those of <c>host.json</c> as the Durable Functions extension makes them.</summary>
internal static class AzureStorageSettings
{
    /// <summary>What the hub's name of <c>host.json</c> is followed by: a hub is never shared with the Functions host.</summary>
    public const string HubSuffix = "Local";

    private const string ProviderName = "AzureStorage";
    private const int DefaultEntityBatchSize = 5000;

    // The extension's default is not that of the storage provider.
    private const int DefaultControlQueueBufferThreshold = 256;

    /// <summary>Makes the settings.</summary>
    /// <param name="host">What <c>host.json</c> says.</param>
    /// <param name="configuration">Has the storage accounts that it names: see <see cref="StorageConnection.Read"/>.</param>
    /// <param name="loggers">Where the storage provider logs to.</param>
    /// <exception cref="InvalidOperationException">The settings name no account, or can't be read.</exception>
    public static AzureStorageOrchestrationServiceSettings Create(HostSettings host, IConfiguration configuration, ILoggerFactory loggers)
    {
        var provider = FindProvider(host);
        var workers = 10 * Environment.ProcessorCount;
        var settings = new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = StorageClients.Create(StorageConnection.Read(configuration, ConnectionName(host))),
            TaskHubName = host.HubName + HubSuffix,
            ControlQueueBufferThreshold = DefaultControlQueueBufferThreshold,
            MaxConcurrentTaskOrchestrationWorkItems = host.MaxConcurrentOrchestrators ?? workers,
            MaxConcurrentTaskActivityWorkItems = host.MaxConcurrentActivities ?? workers,
            MaxConcurrentTaskEntityWorkItems = host.DurableTask.GetValue("maxConcurrentEntityFunctions", workers),
            MaxEntityOperationBatchSize = host.DurableTask.GetValue("maxEntityOperationBatchSize", DefaultEntityBatchSize),
            EntityMessageReorderWindowInMinutes = host.DurableTask.GetValue("entityMessageReorderWindowInMinutes", 30),
            ExtendedSessionsEnabled = host.DurableTask.GetValue("extendedSessionsEnabled", false),
            ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(host.DurableTask.GetValue("extendedSessionIdleTimeoutInSeconds", 30)),
            FetchLargeMessageDataEnabled = provider?.GetValue("fetchLargeMessagesAutomatically", true) ?? true,
            ThrowExceptionOnInvalidDedupeStatus = true,
            LoggerFactory = loggers,

            // The default, the machine's name, makes two processes of a machine own each partition.
            WorkerId = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}",

            // The lease lets one of several apps work at a time; here all processes of a hub share its work.
            UseAppLease = false,
            AppName = Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") ?? "",
        };
        if (provider is null)
        {
            return settings;
        }

        var trackingPrefix = settings.TrackingStoreNamePrefix;
        provider.Bind(settings);
        settings.TrackingStoreNamePrefix = provider["trackingStoreNamePrefix"] is { Length: > 0 } prefix ? prefix : trackingPrefix;
        settings.TrackingServiceClientProvider = TrackingConnectionName(provider) is { } tracking
            ? StorageClients.CreateTracking(StorageConnection.Read(configuration, tracking))
            : null;
        if (settings.UseLegacyPartitionManagement && provider["useTablePartitionManagement"] is null)
        {
            settings.UseTablePartitionManagement = false;
        }

        return settings;
    }

    /// <summary>The name of the connection to the account that has the hub.</summary>
    /// <param name="host">What <c>host.json</c> says.</param>
    public static string ConnectionName(HostSettings host) =>
        FindProvider(host) is { } provider && (provider["connectionName"] ?? provider["connectionStringName"]) is { Length: > 0 } name
            ? name
            : StorageConnection.DefaultSetting;

    private static string? TrackingConnectionName(IConfigurationSection provider) =>
        provider["trackingStoreConnectionName"] ?? provider["trackingStoreConnectionStringName"];

    // Null if host.json has settings of another kind of storage.
    private static IConfigurationSection? FindProvider(HostSettings host)
    {
        var provider = host.DurableTask.GetSection("storageProvider");
        return provider["type"] is not { } type || type.Equals(ProviderName, StringComparison.OrdinalIgnoreCase) ? provider : null;
    }
}
