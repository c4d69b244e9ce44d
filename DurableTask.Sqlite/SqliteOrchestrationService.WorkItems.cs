using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;
using DurableTask.Sqlite.Work;

namespace DurableTask.Sqlite;

/// <content>What the dispatchers ask for: turns of orchestrators, and activities.</content>
public sealed partial class SqliteOrchestrationService
{
    // Those that are locked.
    private int turns;

    /// <summary>Waits for the next turn. Nothing is locked but in memory: one process has the file.</summary>
    /// <param name="receiveTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The turn, or null if there was none in time.</returns>
    public async Task<TaskOrchestrationWorkItem> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        var item = await instances.TakeTurnAsync(receiveTimeout, cancellationToken);
        if (item is not null)
        {
            Interlocked.Increment(ref turns);
        }

        return item!;
    }

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
    /// <exception cref="SessionAbortedException">
    /// The instance was ended or replaced meanwhile, or what the turn is based on was lost.
    /// </exception>
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

        var (state, output) = payloads.Check(
            item, newOrchestrationRuntimeState, new TurnOutput(outboundMessages, orchestratorMessages, timerMessages));
        TurnCommit commit = new(item, state, output, instances.ActivitiesOf(item.Instance), Now);
        IReadOnlyList<OpenActivity> activities = [];

        // A turn alone saves the wake-up of the committer's thread; turns that run beside each other shall share a commit.
        var isAlone = Volatile.Read(ref turns) == 1;
        var write = database.Queue(
            session => item.Generation == instances.Generation ? commit.Write(session) : TurnResult.Outdated,
            IsAwaitedOutside(commit, item) ? TimeSpan.Zero : SqliteDatabase.EarlyLinger,
            drainsOnCaller: isAlone,
            result => activities = instances.Apply(item, commit, result));
        if (isAlone)
        {
            database.DrainOnCaller();
        }

        var result = await MadeAsync(write, item);
        if (!result.IsCurrent)
        {
            throw Outdated(item);
        }

        var waiting = activities.ToLookup(activity => !BeginsBeforeCommit(activity.Message));
        instances.Run(waiting[false], item.Generation);
        if (waiting.Contains(true) || commit.End is not null)
        {
            _ = FollowUpAsync(write, item, waiting[true], commit.End is not null);
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
        Interlocked.Decrement(ref turns);
        instances.Release((TurnWorkItem)workItem);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Waits for the next activity. What has scheduled it is durable, unless
    /// <see cref="SqliteOrchestrationServiceSettings.BeginsBeforeCommit"/> says that it need not be.
    /// </summary>
    /// <param name="receiveTimeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The activity, or null if there was none in time.</returns>
    public async Task<TaskActivityWorkItem> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken) =>
        (await instances.TakeActivityAsync(receiveTimeout, cancellationToken))!;

    /// <summary>
    /// A token that fires when a transaction is lost, and maybe with it what has scheduled a running activity: the activity must not
    /// write any more, and runs again if it is still scheduled. It fires on the thread that writes, before any later write.
    /// </summary>
    /// <param name="instance">The activity's instance.</param>
    /// <param name="taskId">The activity's number in its instance.</param>
    public CancellationToken GetCancellation(OrchestrationInstance instance, int taskId)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return settings.BeginsBeforeCommit is null ? CancellationToken.None : instances.GetCancellation(instance, taskId);
    }

    /// <inheritdoc/>
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) => Task.FromResult(workItem);

    /// <summary>
    /// Gives an activity's outcome to its instance. After a crash, the activity runs again unless a turn has consumed it.
    /// </summary>
    /// <param name="workItem">The activity.</param>
    /// <param name="responseMessage">Its outcome.</param>
    public Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        ArgumentNullException.ThrowIfNull(responseMessage);
        var outcome = payloads.Check(responseMessage);
        outcome.Event.Timestamp = Now;
        instances.CompleteActivity((ActivityWorkItem)workItem, outcome);
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

    // Everything else that follows from a turn is committed with it or after it, so the group may wait for that.
    private bool IsAwaitedOutside(TurnCommit commit, TurnWorkItem item) =>
        commit.Work.Activities.Any(message => !BeginsBeforeCommit(message))
        || commit.Detached.Count > 0
        || (commit.End is not null && waiters.Has(item.InstanceId));

    private bool BeginsBeforeCommit(TaskMessage activity) =>
        settings.BeginsBeforeCommit is { } begins && activity.Event is TaskScheduledEvent { Name: { } name } && begins(name);

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

    private async Task FollowUpAsync(SqliteWrite write, TurnWorkItem item, IEnumerable<OpenActivity> activities, bool hasEnded)
    {
        try
        {
            await write.Durable;
        }
        catch (StoreUnavailableException)
        {
            // What the turn has scheduled was never durable: nothing has begun that has effects elsewhere, and the turn is repeated.
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
        new(
            $"The turn of '{item.InstanceId}' is outdated: the instance was ended or replaced meanwhile, "
            + "or a write that it is based on was lost.");
}
