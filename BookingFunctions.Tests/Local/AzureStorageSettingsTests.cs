using System.Reflection;
using BookingFunctions.Local.Backends;
using BookingFunctions.Tests.LocalFunctionsHost;
using DurableTask.AzureStorage;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace BookingFunctions.Tests.Local;

/// <summary>The settings of Azure Storage against those that the published Durable Functions extension makes of the same file.</summary>
public sealed class AzureStorageSettingsTests : IDisposable
{
    private const string EverySetting = """
        {
          "hubName": "Other",
          "maxConcurrentActivityFunctions": 7, "maxConcurrentOrchestratorFunctions": 8, "maxConcurrentEntityFunctions": 9,
          "maxEntityOperationBatchSize": 10, "entityMessageReorderWindowInMinutes": 11, "extendedSessionsEnabled": true,
          "extendedSessionIdleTimeoutInSeconds": 12,
          "storageProvider": {
            "type": "azureStorage", "connectionName": "Second", "trackingStoreConnectionName": "Third", "trackingStoreNamePrefix": "Track",
            "controlQueueBatchSize": 13, "partitionCount": 14, "controlQueueBufferThreshold": 15,
            "controlQueueVisibilityTimeout": "00:16:00",
            "workItemQueueVisibilityTimeout": "00:17:00", "fetchLargeMessagesAutomatically": false, "maxQueuePollingInterval": "00:00:18",
            "useLegacyPartitionManagement": true, "allowReplayingTerminalInstances": true, "partitionTableOperationTimeout": "00:00:19",
            "queueClientMessageEncoding": "base64", "useInstanceTableEtag": true
          }
        }
        """;

    // What differs on purpose, and what has no value to compare; see the other tests for these.
    private static readonly string[] Different =
    [
        nameof(AzureStorageOrchestrationServiceSettings.StorageAccountClientProvider),
        nameof(AzureStorageOrchestrationServiceSettings.TrackingServiceClientProvider),
        nameof(AzureStorageOrchestrationServiceSettings.TaskHubName),
        nameof(AzureStorageOrchestrationServiceSettings.WorkerId),
        nameof(AzureStorageOrchestrationServiceSettings.UseAppLease),
        nameof(AzureStorageOrchestrationServiceSettings.AppLeaseOptions),
        nameof(AzureStorageOrchestrationServiceSettings.UseSeparateQueueForEntityWorkItems),
    ];

    private readonly TempFolder folder = new();
    private readonly ILoggerFactory loggers = LoggerFactory.Create(_ => { });
    private readonly IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(
        new[] { "AzureWebJobsStorage", "Second", "Third" }
            .Select(name => KeyValuePair.Create(name, (string?)"UseDevelopmentStorage=true"))).Build();

    public void Dispose()
    {
        folder.Dispose();
        loggers.Dispose();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(EverySetting)]
    [InlineData("""{"storageProvider":{"useLegacyPartitionManagement":true}}""")]
    [InlineData("""{"storageProvider":{"useTablePartitionManagement":false}}""")]
    [InlineData("""{"storageProvider":{"connectionStringName":"Second","trackingStoreConnectionStringName":"Third"}}""")]
    [InlineData(null)]
    public void Settings_are_those_of_the_extension(string? durableTask)
    {
        var file = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"));
        var section = durableTask ?? $"{JObject.Parse(file)["extensions"]!["durableTask"]}";
        var published = ReadAsTheExtension(section);

        var settings = Create(section);

        Assert.All(
            typeof(AzureStorageOrchestrationServiceSettings).GetProperties().Where(property => !Different.Contains(property.Name)),
            property => Assert.Equal((property.Name, property.GetValue(published)), (property.Name, property.GetValue(settings))));
        Assert.Equal(published.TaskHubName + "Local", settings.TaskHubName);
    }

    [Fact]
    public void Each_process_has_a_worker_id_of_its_own_and_neither_a_lease_of_the_app_nor_a_queue_for_entities()
    {
        var (one, other) = (Create("{}"), Create("{}"));

        Assert.NotEqual(one.WorkerId, other.WorkerId);
        Assert.False(one.UseAppLease);
        Assert.False(one.UseSeparateQueueForEntityWorkItems);
    }

    [Fact]
    public void Settings_of_another_storage_are_not_used()
    {
        var settings = Create("""{"storageProvider":{"type":"azureManaged","connectionName":"None","partitionCount":9}}""");

        Assert.Equal(4, settings.PartitionCount);
    }

    [Fact]
    public void A_missing_connection_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Create("""{"storageProvider":{"connectionName":"Missing"}}"""));

        Assert.Contains("The setting Missing is missing.", error.Message, StringComparison.Ordinal);
    }

    private AzureStorageOrchestrationServiceSettings Create(string durableTask) => AzureStorageSettings.Create(
        HostSettings.Read(folder.Write("host.json", $$$"""{"extensions":{"durableTask":{{{durableTask}}}}}""")), configuration, loggers);

    private AzureStorageOrchestrationServiceSettings ReadAsTheExtension(string durableTask)
    {
        var options = JsonConvert.DeserializeObject<DurableTaskOptions>(durableTask)!;
        var assembly = typeof(DurableTaskOptions).Assembly;
        var services = new ServiceCollection().AddSingleton(loggers);
        services.AddAzureClientsCore();
        using var provider = services.BuildServiceProvider();
        var clients = ActivatorUtilities.CreateInstance(
            provider,
            assembly.GetType(
                "Microsoft.Azure.WebJobs.Extensions.DurableTask.Storage.StorageServiceClientProviderFactory", throwOnError: true)!,
            new WebJobsConnectionInfoProvider(configuration));
        var names = new DefaultNameResolver(configuration);
        var factory = ActivatorUtilities.CreateInstance(
            provider,
            assembly.GetType("Microsoft.Azure.WebJobs.Extensions.DurableTask.AzureStorageDurabilityProviderFactory", throwOnError: true)!,
            Options.Create(options),
            clients,
            names,
            loggers,
            IsolatedWorker.Create());
        return (AzureStorageOrchestrationServiceSettings)factory.GetType()
            .GetMethod("GetAzureStorageOrchestrationServiceSettings", BindingFlags.NonPublic | BindingFlags.Instance)!
            .Invoke(factory, [null, null])!;
    }
}
