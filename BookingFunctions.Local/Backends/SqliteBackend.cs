using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Local.Backends;

/// <summary>Orchestrations in one SQLite file, which one process at a time has.</summary>
internal sealed class SqliteBackend : IOrchestrationBackend
{
    private static readonly TimeSpan LeastRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Makes the backend.</summary>
    /// <param name="database">The open file; it stays the caller's to close.</param>
    /// <param name="host">What <c>host.json</c> says.</param>
    /// <param name="clock">The time.</param>
    /// <param name="loggers">Where the storage provider logs to.</param>
    /// <param name="beginsBeforeCommit">Which activities change nothing but the file; null for none.</param>
    public SqliteBackend(
        SqliteDatabase database,
        HostSettings host,
        TimeProvider clock,
        ILoggerFactory loggers,
        Func<string, bool>? beginsBeforeCommit = null)
    {
        Location = database.Path;
        Orchestrations = new SqliteOrchestrationService(database, CreateSettings(host, beginsBeforeCommit), clock, loggers);
    }

    /// <summary>The storage provider.</summary>
    public SqliteOrchestrationService Orchestrations { get; }

    /// <inheritdoc/>
    public string Name => "Sqlite";

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public IOrchestrationService Service => Orchestrations;

    /// <inheritdoc/>
    public IOrchestrationServiceClient Client => Orchestrations;

    /// <inheritdoc/>
    public IOrchestrationServiceQueryClient Queries => Orchestrations;

    /// <inheritdoc/>
    public IOrchestrationServicePurgeClient Purges => Orchestrations;

    /// <inheritdoc/>
    public bool SignalsCompletion => true;

    /// <inheritdoc/>
    public CancellationToken GetCancellation(TaskContext activity)
    {
        ArgumentNullException.ThrowIfNull(activity);
        return Orchestrations.GetCancellation(activity.OrchestrationInstance, activity.TaskId);
    }

    /// <inheritdoc/>
    public async Task RewindAsync(string instanceId, string reason, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await Orchestrations.RewindTaskOrchestrationAsync(instanceId, reason);
        }
        catch (OrchestrationNotRunningException e) when (e.Status is null)
        {
            throw new ArgumentException(e.Message, nameof(instanceId), e);
        }
    }

    /// <inheritdoc/>
    public Task TerminateRecursivelyAsync(string instanceId, string? output, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Orchestrations.ForceTerminateTaskOrchestrationAsync(instanceId, output, isRecursive: true);
    }

    /// <inheritdoc/>
    public Task<PurgeResult> PurgeRecursivelyAsync(string instanceId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Orchestrations.PurgeInstanceStateAsync(instanceId, isRecursive: true);
    }

    /// <inheritdoc/>
    public Task<PurgeResult> PurgeRecursivelyAsync(PurgeInstanceFilter filter, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Orchestrations.PurgeInstanceStateAsync(filter, isRecursive: true);
    }

    /// <inheritdoc/>
    public bool IsNotRunning(Exception error) => error is OrchestrationNotRunningException;

    /// <inheritdoc/>
    public bool IsUnavailable(Exception error, out TimeSpan retryAfter)
    {
        retryAfter = LeastRetryAfter;
        if (error is not StoreUnavailableException unavailable)
        {
            return false;
        }

        retryAfter = unavailable.RetryAfter > LeastRetryAfter ? unavailable.RetryAfter : LeastRetryAfter;
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Orchestrations.Dispose();
        return ValueTask.CompletedTask;
    }

    private static SqliteOrchestrationServiceSettings CreateSettings(HostSettings host, Func<string, bool>? beginsBeforeCommit)
    {
        var settings = new SqliteOrchestrationServiceSettings
        {
            TaskHubName = host.HubName,
            StoreInputsInOrchestrationHistory = host.DurableTask.GetValue("storeInputsInOrchestrationHistory", false),
            Retention = host.Retention,
            BeginsBeforeCommit = beginsBeforeCommit,
        };
        if (host.MaxConcurrentOrchestrators is { } orchestrators)
        {
            settings.MaxConcurrentTaskOrchestrationWorkItems = orchestrators;
        }

        if (host.MaxConcurrentActivities is { } activities)
        {
            settings.MaxConcurrentTaskActivityWorkItems = activities;
        }

        return settings;
    }
}
