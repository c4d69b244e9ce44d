using DurableTask.Core;

namespace LocalFunctionsHost.Worker;

/// <summary>
/// A backend's service that can be drained before it is stopped: no more activities are taken, those that run end, and the turns that
/// follow from them are made.
/// </summary>
/// <param name="inner">The backend's service.</param>
/// <param name="clock">The time.</param>
internal sealed class DrainableOrchestrationService(IOrchestrationService inner, TimeProvider clock) : IOrchestrationService, IDisposable
{
    // A backend in this process hands out what is due at once; so a quiet time this long means that nothing is.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource draining = new();
    private int activities;
    private int turns;

    /// <inheritdoc/>
    public int TaskOrchestrationDispatcherCount => inner.TaskOrchestrationDispatcherCount;

    /// <inheritdoc/>
    public int MaxConcurrentTaskOrchestrationWorkItems => inner.MaxConcurrentTaskOrchestrationWorkItems;

    /// <inheritdoc/>
    public BehaviorOnContinueAsNew EventBehaviourForContinueAsNew => inner.EventBehaviourForContinueAsNew;

    /// <inheritdoc/>
    public int TaskActivityDispatcherCount => inner.TaskActivityDispatcherCount;

    /// <inheritdoc/>
    public int MaxConcurrentTaskActivityWorkItems => inner.MaxConcurrentTaskActivityWorkItems;

    /// <summary>Takes no more activities, and waits until nothing runs that was taken, and nothing follows from it.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        // Not CancelAsync, whose callbacks run on the thread pool, which a simulation can't drive.
        draining.Cancel();
        try
        {
            while (true)
            {
                var wasQuiet = IsQuiet();
                await Task.Delay(Quiet, clock, cancellation);
                if (wasQuiet && IsQuiet())
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // What still runs is made again after the next start.
        }
    }

    /// <inheritdoc/>
    public async Task<TaskActivityWorkItem?> LockNextTaskActivityWorkItem(TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, draining.Token);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            Interlocked.Increment(ref activities);
            var taken = false;
            try
            {
                var workItem = await inner.LockNextTaskActivityWorkItem(receiveTimeout, either.Token);
                taken = workItem is not null;
                return workItem;
            }
            finally
            {
                if (!taken)
                {
                    Interlocked.Decrement(ref activities);
                }
            }
        }
        catch (OperationCanceledException) when (draining.IsCancellationRequested)
        {
            // The dispatcher asks again and again: it waits here until it is stopped itself.
            await Task.Delay(receiveTimeout, clock, cancellationToken);
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task CompleteTaskActivityWorkItemAsync(TaskActivityWorkItem workItem, TaskMessage responseMessage)
    {
        await inner.CompleteTaskActivityWorkItemAsync(workItem, responseMessage);
        Interlocked.Decrement(ref activities);
    }

    /// <inheritdoc/>
    public async Task AbandonTaskActivityWorkItemAsync(TaskActivityWorkItem workItem)
    {
        await inner.AbandonTaskActivityWorkItemAsync(workItem);
        Interlocked.Decrement(ref activities);
    }

    /// <inheritdoc/>
    public Task<TaskActivityWorkItem> RenewTaskActivityWorkItemLockAsync(TaskActivityWorkItem workItem) =>
        inner.RenewTaskActivityWorkItemLockAsync(workItem);

    /// <inheritdoc/>
    public async Task<TaskOrchestrationWorkItem?> LockNextTaskOrchestrationWorkItemAsync(
        TimeSpan receiveTimeout, CancellationToken cancellationToken)
    {
        var workItem = await inner.LockNextTaskOrchestrationWorkItemAsync(receiveTimeout, cancellationToken);
        if (workItem is not null)
        {
            Interlocked.Increment(ref turns);
        }

        return workItem;
    }

    /// <inheritdoc/>
    public async Task ReleaseTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem)
    {
        await inner.ReleaseTaskOrchestrationWorkItemAsync(workItem);
        Interlocked.Decrement(ref turns);
    }

    /// <inheritdoc/>
    public Task RenewTaskOrchestrationWorkItemLockAsync(TaskOrchestrationWorkItem workItem) =>
        inner.RenewTaskOrchestrationWorkItemLockAsync(workItem);

    /// <inheritdoc/>
    public Task CompleteTaskOrchestrationWorkItemAsync(
        TaskOrchestrationWorkItem workItem,
        OrchestrationRuntimeState newOrchestrationRuntimeState,
        IList<TaskMessage> outboundMessages,
        IList<TaskMessage> orchestratorMessages,
        IList<TaskMessage> timerMessages,
        TaskMessage continuedAsNewMessage,
        OrchestrationState orchestrationState) => inner.CompleteTaskOrchestrationWorkItemAsync(
            workItem,
            newOrchestrationRuntimeState,
            outboundMessages,
            orchestratorMessages,
            timerMessages,
            continuedAsNewMessage,
            orchestrationState);

    /// <inheritdoc/>
    public Task AbandonTaskOrchestrationWorkItemAsync(TaskOrchestrationWorkItem workItem) =>
        inner.AbandonTaskOrchestrationWorkItemAsync(workItem);

    /// <inheritdoc/>
    public bool IsMaxMessageCountExceeded(int currentMessageCount, OrchestrationRuntimeState runtimeState) =>
        inner.IsMaxMessageCountExceeded(currentMessageCount, runtimeState);

    /// <inheritdoc/>
    public int GetDelayInSecondsAfterOnProcessException(Exception exception) => inner.GetDelayInSecondsAfterOnProcessException(exception);

    /// <inheritdoc/>
    public int GetDelayInSecondsAfterOnFetchException(Exception exception) => inner.GetDelayInSecondsAfterOnFetchException(exception);

    /// <inheritdoc/>
    public Task StartAsync() => inner.StartAsync();

    /// <inheritdoc/>
    public Task StopAsync() => inner.StopAsync();

    /// <inheritdoc/>
    public Task StopAsync(bool isForced) => inner.StopAsync(isForced);

    /// <inheritdoc/>
    public Task CreateAsync() => inner.CreateAsync();

    /// <inheritdoc/>
    public Task CreateAsync(bool recreateInstanceStore) => inner.CreateAsync(recreateInstanceStore);

    /// <inheritdoc/>
    public Task CreateIfNotExistsAsync() => inner.CreateIfNotExistsAsync();

    /// <inheritdoc/>
    public Task DeleteAsync() => inner.DeleteAsync();

    /// <inheritdoc/>
    public Task DeleteAsync(bool deleteInstanceStore) => inner.DeleteAsync(deleteInstanceStore);

    /// <inheritdoc/>
    public void Dispose() => draining.Dispose();

    private bool IsQuiet() => Volatile.Read(ref activities) == 0 && Volatile.Read(ref turns) == 0;
}
