using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using DurableTask.Core.Query;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Payloads;
using DurableTask.Sqlite.Retention;
using DurableTask.Sqlite.Storage;
using DurableTask.Sqlite.Work;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DurableTask.Sqlite;

/// <summary>
/// A storage provider of the Durable Task Framework that keeps orchestrations in one SQLite file. A completed work item is one atomic
/// commit; nothing that leaves the process is based on what isn't on the disk. Entities are not supported.
/// </summary>
public sealed partial class SqliteOrchestrationService
    : IOrchestrationService, IOrchestrationServiceClient, IOrchestrationServiceQueryClient, IOrchestrationServicePurgeClient, IDisposable
{
    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationServiceSettings settings;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly OpenInstances instances;
    private readonly RetryDelays delays;
    private readonly EndWaiters waiters = new();
    private readonly PayloadLimit payloads;
    private readonly RetentionJob? retention;
    private bool isStarted;

    /// <summary>Makes a service on a file. Clients can be served at once; work begins with <see cref="StartAsync"/>.</summary>
    /// <param name="database">The file. It stays the caller's to close, after the service has been stopped.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="clock">
    /// The clock of all times that are stored, and of timers; the system's by default. With another one,
    /// <see cref="ApplyClockAsync"/> is needed too.
    /// </param>
    /// <param name="loggers">Makes the logger.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public SqliteOrchestrationService(
        SqliteDatabase database, SqliteOrchestrationServiceSettings settings, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        this.database = database;
        this.settings = settings;
        this.clock = clock ?? TimeProvider.System;
        logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger("DurableTask.Sqlite");
        payloads = new PayloadLimit(settings.MaxPayloadLength);
        delays = new RetryDelays(this.clock, settings.FirstRetryDelay, settings.LongestRetryDelay);
        instances = new OpenInstances(this.clock, delays, settings.MaxLiveInstances)
        {
            Load = (instance, generation) => _ = LoadAsync(instance, generation),
            RemoveDetached = row => _ = RemoveDetachedAsync(row),
        };
        retention = settings.Retention is { } age ? new RetentionJob(database, age, settings.RetentionInterval, this.clock, logger) : null;
    }

    /// <inheritdoc/>
    public int TaskOrchestrationDispatcherCount => DispatcherCount;

    /// <inheritdoc/>
    public int TaskActivityDispatcherCount => DispatcherCount;

    /// <inheritdoc/>
    public int MaxConcurrentTaskOrchestrationWorkItems => settings.MaxConcurrentTaskOrchestrationWorkItems;

    /// <inheritdoc/>
    public int MaxConcurrentTaskActivityWorkItems => settings.MaxConcurrentTaskActivityWorkItems;

    /// <inheritdoc/>
    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => settings.EventBehaviorForContinueAsNew;

    /// <summary>
    /// How many loops of each dispatcher fetch work, on the thread pool: 1, or 0 for a simulation, which fetches by itself.
    /// </summary>
    internal int DispatcherCount { get; set; } = 1;

    /// <summary>How many instances are open, and how many of them have their state in memory while they wait.</summary>
    internal (int Open, int Live) InstanceCounts => (instances.Count, instances.LiveCount);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Reads all open work from the file, and goes on with it.</summary>
    /// <exception cref="StoreUnavailableException">The file can't be written.</exception>
    public async Task StartAsync()
    {
        if (isStarted)
        {
            return;
        }

        isStarted = true;
        database.TransactionLost += OnTransactionLost;
        database.Recovered += OnRecovered;
        try
        {
            await QueueReload().Durable;
        }
        catch
        {
            await StopAsync();
            throw;
        }

        retention?.Start();
    }

    /// <inheritdoc/>
    public Task StopAsync() => StopAsync(isForced: false);

    /// <summary>Ends the service after its dispatchers. Work items that run may still be completed.</summary>
    /// <param name="isForced">Makes no difference: the dispatchers wait for what runs, or do not.</param>
    public Task StopAsync(bool isForced)
    {
        if (isStarted)
        {
            isStarted = false;
            retention?.Stop();
            database.TransactionLost -= OnTransactionLost;
            database.Recovered -= OnRecovered;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CreateAsync() => CreateAsync(recreateInstanceStore: false);

    /// <summary>Does nothing, as the tables are made when the file is opened, unless they are to be emptied.</summary>
    /// <param name="recreateInstanceStore">Whether to remove all instances.</param>
    public Task CreateAsync(bool recreateInstanceStore) => recreateInstanceStore ? DeleteAsync() : Task.CompletedTask;

    /// <inheritdoc/>
    public Task CreateIfNotExistsAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DeleteAsync() => DeleteAsync(deleteInstanceStore: true);

    /// <summary>Removes all instances. The file, and the app's own tables in it, stay.</summary>
    /// <param name="deleteInstanceStore">Makes no difference: instances and their histories are one store.</param>
    public async Task DeleteAsync(bool deleteInstanceStore)
    {
        await database.WriteAsync(
            session => session.RunScript("DELETE FROM inbox; DELETE FROM activities; DELETE FROM history; DELETE FROM instances"));
        if (isStarted)
        {
            await QueueReload().Durable;
        }
    }

    /// <summary>Never: a turn may send any number of messages.</summary>
    /// <param name="currentMessageCount">How many messages the turn sends.</param>
    /// <param name="runtimeState">The instance's state.</param>
    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) => false;

    /// <summary>None: the service paces each instance by itself.</summary>
    /// <param name="exception">What was thrown. The framework doesn't log it, so it is logged here.</param>
    public int GetDelayInSecondsAfterOnProcessException(Exception exception)
    {
        if (exception is not StoreUnavailableException)
        {
            Log.WorkItemFailed(logger, exception);
        }

        return 0;
    }

    /// <summary>None: a fetch waits for work.</summary>
    /// <param name="exception">What was thrown.</param>
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => 0;

    /// <summary>
    /// Orchestration middleware that gives each turn the time of the service's clock, which the orchestrator sees as the current time.
    /// It is needed only with another clock than the system's: <c>worker.AddOrchestrationDispatcherMiddleware(service.ApplyClockAsync)</c>.
    /// </summary>
    /// <param name="context">The context of the dispatch.</param>
    /// <param name="next">The rest of the pipeline.</param>
    public Task ApplyClockAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(next);
        foreach (var item in context.GetProperty<OrchestrationRuntimeState>().NewEvents)
        {
            if (item is OrchestratorStartedEvent)
            {
                item.Timestamp = Now;
            }
        }

        return next();
    }

    /// <summary>Ends the service's timers. The file stays open.</summary>
    public void Dispose()
    {
        StopAsync();
        instances.Dispose();
        retention?.Dispose();
    }

    private SqliteWrite<StoredWork> QueueReload() => database.Queue(StoredWork.Read, TimeSpan.Zero, drainsOnCaller: false, instances.Fill);

    private void OnTransactionLost(long epoch)
    {
        instances.Clear();
        Log.TransactionLost(logger);
    }

    private void OnRecovered() => _ = ReloadAsync(database.Epoch, attempts: 1);

    private async Task ReloadAsync(long epoch, int attempts)
    {
        try
        {
            var stored = await QueueReload().Made;
            Log.Reloaded(logger, stored.Instances.Count);
        }
        catch (StoreUnavailableException)
        {
            // It is done again after the next recovery.
        }
        catch (Exception exception)
        {
            Log.ReloadFailed(logger, exception);
            delays.After(attempts, () =>
            {
                if (isStarted && epoch == database.Epoch)
                {
                    _ = ReloadAsync(epoch, attempts + 1);
                }
            });
        }
    }

    private async Task LoadAsync(OpenInstance instance, long generation)
    {
        try
        {
            // In the order of the writes: what was acknowledged before commit is seen.
            var history = await database.Queue(
                session => HistoryRows.Read(session, instance.Key), SqliteDatabase.EarlyLinger, drainsOnCaller: false).Made;
            if (history is not null)
            {
                instances.Loaded(instance, generation, history, history.ReadEvents());
            }
        }
        catch (StoreUnavailableException)
        {
            instances.LoadFailed(instance, generation);
        }
        catch (Exception exception)
        {
            Log.LoadFailed(logger, instance.Id, exception);
            instances.LoadFailed(instance, generation);
        }
    }
}
