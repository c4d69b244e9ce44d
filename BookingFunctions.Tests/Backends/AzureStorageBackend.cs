using BookingFunctions.Tests.Azurite;
using BookingFunctions.Tests.Npm;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BookingFunctions.Tests.Backends;

/// <summary>DurableTask.AzureStorage on Azurite: one account for all, a hub for each test.</summary>
public sealed class AzureStorageBackend : IBackend
{
    private static readonly Lazy<Task<AzuriteStorage>> Azurite = new(StartAzuriteAsync);
    private static int hubs;

    private readonly List<AzureStorageOrchestrationService> services = [];
    private readonly string hub = $"hub{Interlocked.Increment(ref hubs)}";
    private BackendOptions options = new();
    private string connection = "";

    public static string? SkipReason => Tool.HasNpm ? null : NpmTheoryAttribute.Reason;

    public BackendClient Client { get; private set; } = null!;

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds(100);

    public async Task CreateAsync(BackendOptions options)
    {
        this.options = options;
        connection = (await Azurite.Value).ConnectionString;
        var service = Create("client", NullLoggerFactory.Instance);
        await service.CreateAsync();
        Client = new BackendClient(service, service, service, service.RewindTaskOrchestrationAsync);
    }

    public IOrchestrationService CreateWorkerService(ILoggerFactory loggers) => Create($"worker{services.Count}", loggers);

    public Task ForgetAsync(IOrchestrationService service) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        services.ForEach(service => service.Dispose());
        return ValueTask.CompletedTask;
    }

    private AzureStorageOrchestrationService Create(string workerId, ILoggerFactory loggers)
    {
        var service = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(connection),
            TaskHubName = hub,
            WorkerId = workerId,
            PartitionCount = options.PartitionCount,
            UseAppLease = false,
            LeaseAcquireInterval = TimeSpan.FromMilliseconds(300),
            LeaseRenewInterval = TimeSpan.FromSeconds(1),
            LeaseInterval = TimeSpan.FromSeconds(4),
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(100),
            ControlQueueVisibilityTimeout = options.WorkTimeout,
            WorkItemQueueVisibilityTimeout = options.WorkTimeout,
            MaxConcurrentTaskOrchestrationWorkItems = options.MaxConcurrentOrchestrations,
            MaxConcurrentTaskActivityWorkItems = options.MaxConcurrentActivities,
            ThrowExceptionOnInvalidDedupeStatus = true,
            LoggerFactory = loggers,
        });
        services.Add(service);
        return service;
    }

    private static async Task<AzuriteStorage> StartAzuriteAsync()
    {
        var azurite = new AzuriteStorage();
        await azurite.InitializeAsync();
        return azurite;
    }
}
