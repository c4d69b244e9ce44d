using System.Net.Sockets;
using Azure;
using Azure.Storage.Queues;
using BookingFunctions.Storage;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.Query;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Local.Backends;

/// <summary>Orchestrations in a task hub of an Azure storage account, which any number of processes share.</summary>
internal sealed class AzureStorageBackend : IOrchestrationBackend
{
    private const string RecursionUnsupported =
        "The backend AzureStorage doesn't follow sub-orchestrations: terminate or purge each instance by its own id.";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly AzureStorageOrchestrationService service;

    /// <summary>Makes the backend; nothing is connected yet.</summary>
    /// <param name="host">What <c>host.json</c> says.</param>
    /// <param name="configuration">Has the storage accounts.</param>
    /// <param name="loggers">Where the storage provider logs to.</param>
    /// <exception cref="HostStartException">The settings name no account, or can't be read.</exception>
    public AzureStorageBackend(HostSettings host, IConfiguration configuration, ILoggerFactory loggers)
    {
        try
        {
            var settings = AzureStorageSettings.Create(host, configuration, loggers);
            service = new AzureStorageOrchestrationService(settings);
            var connection = StorageConnection.Read(configuration, AzureStorageSettings.ConnectionName(host));
            Location = $"the task hub {settings.TaskHubName} at {QueueAddress(connection)}";
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw new HostStartException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public string Name => "AzureStorage";

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public IOrchestrationService Service => service;

    /// <inheritdoc/>
    public IOrchestrationServiceClient Client => service;

    /// <inheritdoc/>
    public IOrchestrationServiceQueryClient Queries => service;

    /// <inheritdoc/>
    public IOrchestrationServicePurgeClient Purges => service;

    /// <inheritdoc/>
    public bool SignalsCompletion => false;

    /// <inheritdoc/>
    public CancellationToken GetCancellation(TaskContext activity) => CancellationToken.None;

    /// <inheritdoc/>
    public async Task RewindAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var states = await service.GetOrchestrationStateAsync(instanceId, allExecutions: false, fetchInput: false);
        var state = states.FirstOrDefault(found => found is not null)
            ?? throw new ArgumentException($"There is no instance with the id '{instanceId}'.", nameof(instanceId));
        if (state.OrchestrationStatus != OrchestrationStatus.Failed)
        {
            throw new InvalidOperationException(
                $"Only a failed instance can be rewound, and '{instanceId}' is {state.OrchestrationStatus}.");
        }

        await service.RewindTaskOrchestrationAsync(instanceId, reason);
    }

    /// <inheritdoc/>
    public Task TerminateRecursivelyAsync(string instanceId, string? output, CancellationToken cancellation) =>
        throw new NotSupportedException(RecursionUnsupported);

    /// <inheritdoc/>
    public Task<PurgeResult> PurgeRecursivelyAsync(string instanceId, CancellationToken cancellation) =>
        throw new NotSupportedException(RecursionUnsupported);

    /// <inheritdoc/>
    public Task<PurgeResult> PurgeRecursivelyAsync(PurgeInstanceFilter filter, CancellationToken cancellation) =>
        throw new NotSupportedException(RecursionUnsupported);

    /// <summary>A message is refused by no call: what is for an instance that has ended is dropped when it is delivered.</summary>
    public bool IsNotRunning(Exception error) => false;

    /// <inheritdoc/>
    public bool IsUnavailable(Exception error, out TimeSpan retryAfter)
    {
        retryAfter = RetryAfter;
        return error switch
        {
            // Status 0: there was no answer. The client library has tried again several times by then.
            RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
            AggregateException several => several.InnerExceptions.All(inner => IsUnavailable(inner, out _)),
            HttpRequestException or SocketException => true,
            // The storage provider wraps what the client library throws.
            { InnerException: { } inner } => IsUnavailable(inner, out _),
            _ => false,
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        service.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Uri QueueAddress(StorageConnection connection) => connection.ConnectionString is { } text
        ? new QueueServiceClient(text).Uri
        : connection.FindAddress("queue");
}
