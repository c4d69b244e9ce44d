using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Messages;
using DurableTask.Sqlite.Retention;
using DurableTask.Sqlite.Storage;
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
    private readonly EndWaiters waiters = new();
    private readonly RetentionJob? retention;
    private bool isStarted;

    /// <summary>Makes a service on a file. Clients can be served at once; work begins with <see cref="StartAsync"/>.</summary>
    /// <param name="database">The file. It stays the caller's to close, after the service has been stopped.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="clock">The clock of all times that are stored, and of timers; the system's by default. With another one, <see cref="ApplyClockAsync"/> is needed too.</param>
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
        RetryDelays delays = new(this.clock, settings.FirstRetryDelay, settings.LongestRetryDelay);
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

    /// <summary>How many loops of each dispatcher fetch work, on the thread pool: 1, or 0 for a simulation, which fetches by itself.</summary>
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
        await QueueReload().Durable;
        retention?.Start();
    }

    /// <inheritdoc/>
    public Task StopAsync() => StopAsync(isForced: false);

    /// <summary>Begins no further work. Work items that run may still be completed.</summary>
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
        await database.WriteAsync(session => session.RunScript("DELETE FROM inbox; DELETE FROM activities; DELETE FROM history; DELETE FROM instances"));
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
    /// <param name="exception">What was thrown.</param>
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => 0;

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

    /// <summary>Waits for the next turn. Nothing is locked but in memory: one process has the file.</summary>
    /// <param name="receiveTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn, or null if there was none in time.</returns>
    public async Task<TaskOrchestrationWorkItem> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken) =>
        (await instances.TakeTurnAsync(receiveTimeout, cancellationToken))!;

    /// <inheritdoc/>
    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) => Task.CompletedTask;

    /// <summary>
    /// Writes what a turn has come to, as one. It completes before that is durable: all that follows inside the process is
    /// committed with it or after it, and what leaves the process, the turn's activities first of all, waits for the commit.
    /// </summary>
    /// <param name="workItem">The turn.</param>
    /// <param name="newOrchestrationRuntimeState">The instance's state.</param>
    /// <param name="outboundMessages">Activities.</param>
    /// <param name="orchestratorMessages">Starts of children, and messages to instances.</param>
    /// <param name="timerMessages">Timers.</param>
    /// <param name="continuedAsNewMessage">Not used by the framework.</param>
    /// <param name="orchestrationState">The instance's new status; null if the turn was dropped.</param>
    /// <exception cref="SessionAbortedException">The instance was ended or replaced meanwhile, or what the turn is based on was lost.</exception>
    public async Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState)
    {
        ArgumentNullException.ThrowIfNull(newOrchestrationRuntimeState);
        var item = (TurnWorkItem)workItem;
        AbortIfOutdated(item);
        if (orchestrationState is null || newOrchestrationRuntimeState.ExecutionStartedEvent is null)
        {
            await RemoveTakenAsync(item);
            return;
        }

        TurnCommit commit = new(
            item,
            newOrchestrationRuntimeState,
            new TurnOutput(outboundMessages, orchestratorMessages, timerMessages),
            instances.ActivitiesOf(item.Instance),
            Now);
        var work = commit.IsRewind
            ? OpenWork.Find(newOrchestrationRuntimeState.OrchestrationInstance!, newOrchestrationRuntimeState.Events)
            : new OpenWork(commit.Activities, commit.Timers);
        IReadOnlyList<OpenActivity> activities = [];
        var write = database.Queue(
            session => item.Generation == instances.Generation ? commit.Write(session) : TurnResult.Outdated,
            TimeSpan.Zero,
            drainsOnCaller: false,
            result => activities = instances.Apply(item, commit, result, work));
        var result = await MadeAsync(write, item);
        if (!result.IsCurrent)
        {
            throw Outdated(item);
        }

        if (activities.Count > 0 || commit.End is not null)
        {
            _ = FollowUpAsync(write, item, activities, commit.End is not null);
        }
    }

    /// <summary>Consumes nothing: the turn is tried again after a growing delay, while other instances go on.</summary>
    /// <param name="workItem">The turn.</param>
    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        if (instances.Abandon((TurnWorkItem)workItem) == 1)
        {
            Log.TurnAbandoned(logger, workItem.InstanceId);
        }

        return Task.CompletedTask;
    }

    /// <summary>Ends a turn: the instance can have its next one.</summary>
    /// <param name="workItem">The turn.</param>
    public Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        instances.Release((TurnWorkItem)workItem);
        return Task.CompletedTask;
    }

    /// <summary>Waits for the next activity. What has scheduled it is durable.</summary>
    /// <param name="receiveTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The activity, or null if there was none in time.</returns>
    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken) =>
        (await instances.TakeActivityAsync(receiveTimeout, cancellationToken))!;

    /// <inheritdoc/>
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) => Task.FromResult(workItem);

    /// <summary>Gives an activity's outcome to its instance. After a crash, the activity runs again unless a turn has consumed it.</summary>
    /// <param name="workItem">The activity.</param>
    /// <param name="responseMessage">Its outcome.</param>
    public Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        ArgumentNullException.ThrowIfNull(responseMessage);
        responseMessage.Event.Timestamp = Now;
        instances.CompleteActivity((ActivityWorkItem)workItem, responseMessage);
        return Task.CompletedTask;
    }

    /// <summary>Has an activity run again after a growing delay.</summary>
    /// <param name="workItem">The activity.</param>
    public Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        if (instances.AbandonActivity((ActivityWorkItem)workItem) == 1)
        {
            Log.ActivityAbandoned(logger, workItem.TaskMessage.OrchestrationInstance.InstanceId);
        }

        return Task.CompletedTask;
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

    private void OnRecovered() => _ = ReloadAsync();

    private async Task ReloadAsync()
    {
        try
        {
            var stored = await QueueReload().Made;
            Log.Reloaded(logger, stored.Instances.Count);
        }
        catch (StoreUnavailableException)
        {
            // It is raised again after the next recovery.
        }
        catch (Exception exception)
        {
            Log.ReloadFailed(logger, exception);
        }
    }

    private async Task LoadAsync(OpenInstance instance, long generation)
    {
        try
        {
            // In the order of the writes: what was acknowledged before commit is seen.
            var history = await database.Queue(session => History.HistoryRows.Read(session, instance.Key)).Made;
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

    private async Task RemoveTakenAsync(TurnWorkItem item)
    {
        var rows = item.Taken.Where(message => message.Row != 0).Select(message => message.Row).ToList();
        await MadeAsync(
            database.Queue(
                session =>
                {
                    rows.ForEach(row => Inbox.Remove(session, row));
                    return true;
                },
                TimeSpan.Zero,
                drainsOnCaller: false,
                _ => instances.ApplyRemoval(item)),
            item);
    }

    private async Task RemoveDetachedAsync(long row)
    {
        try
        {
            await database.WriteAsync(session => DetachedActivities.Remove(session, row));
        }
        catch (Exception exception)
        {
            Log.RemovalFailed(logger, exception);
        }
    }

    private async Task FollowUpAsync(SqliteWrite write, TurnWorkItem item, IReadOnlyList<OpenActivity> activities, bool hasEnded)
    {
        try
        {
            await write.Durable;
        }
        catch (StoreUnavailableException)
        {
            // What the turn has scheduled was never durable: nothing has begun, and the turn is repeated.
            return;
        }

        instances.Run(activities, item.Generation);
        if (hasEnded)
        {
            waiters.Signal(item.Instance.Id);
        }
    }

    private async Task<T> MadeAsync<T>(SqliteWrite<T> write, TurnWorkItem item)
    {
        try
        {
            return await write.Made;
        }
        catch (StoreUnavailableException)
        {
            AbortIfOutdated(item);
            throw;
        }
    }

    private void AbortIfOutdated(TurnWorkItem item)
    {
        if (item.Generation != instances.Generation)
        {
            throw Outdated(item);
        }
    }

    private static SessionAbortedException Outdated(TurnWorkItem item) =>
        new($"The turn of '{item.InstanceId}' is outdated: the instance was ended or replaced meanwhile, or a write that it is based on was lost.");
}
