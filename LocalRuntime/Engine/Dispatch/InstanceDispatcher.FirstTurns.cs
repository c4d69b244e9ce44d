using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

// Runs the first turn of an instance before it is created, so that both are one write.
internal sealed partial class InstanceDispatcher
{
    // On the thread of a client that has an activity, a culture or whatever of its own, which an orchestrator must know nothing of.
    private static readonly ExecutionContext Nobodys = CaptureNobodys();

    /// <summary>
    /// Creates an instance as it is after its first turn, which the caller's thread runs. When this returns, the write is queued.
    /// </summary>
    /// <param name="row">The instance, without a key.</param>
    /// <param name="started">What starts it, now.</param>
    /// <param name="replaceable">The statuses in which an older instance gives way.</param>
    /// <returns>
    /// What completes once that is durable, with the status of the instance that has the id already or null. Null if the instance can't
    /// run here and now: nothing has been done then, and it is to be created before its first turn.
    /// </returns>
    public Task<OrchestrationStatus?>? TryStart(
        InstanceRow row, ExecutionStartedEvent started, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        if (TaskScheduler.Current != scheduler || !loader.Takes(row.Version))
        {
            return null;
        }

        Task<OrchestrationStatus?>? start = null;
        ExecutionContext.Run(
            Nobodys,
            _ =>
            {
                var callers = SynchronizationContext.Current;
                SynchronizationContext.SetSynchronizationContext(null);
                try
                {
                    queue.TryRun(() => start = Start(row, started, replaceable));
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(callers);
                }
            },
            null);
        return start;
    }

    private Task<OrchestrationStatus?>? Start(
        InstanceRow row, ExecutionStartedEvent started, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        var id = row.InstanceId;
        lock (gate)
        {
            if (instances.ContainsKey(id))
            {
                return null;
            }
        }

        var live = new LiveInstance(id) { IsBusy = true, Row = row, Execution = loader.Create(id, () => Deliver(id, Delivery.Look)) };
        Turn? turn;
        try
        {
            turn = runner.Run(live, [new Delivery(started)], broken: null);
        }
        catch (Exception)
        {
            // Once the instance is created it fails in the same way, is told of, and is tried again.
            return null;
        }

        // It is not there yet, nobody finds it; but what comes as soon as it is there waits for this turn.
        live.Row = null;
        lock (gate)
        {
            if (turn is null || !instances.TryAdd(id, live))
            {
                return null;
            }
        }

        return CommitFirstAsync(live, turn, replaceable);
    }

    private async Task<OrchestrationStatus?> CommitFirstAsync(
        LiveInstance live, Turn turn, IReadOnlyCollection<OrchestrationStatus> replaceable)
    {
        pending.Add();
        CommittedTurn? done = null;
        try
        {
            (var taken, done, var lastBefore) = await writer.StartAsync(turn, replaceable);
            if (done is null)
            {
                return taken;
            }

            lock (gate)
            {
                live.Row = done.Turn.Row;
                live.LastTurn = done.Turn.Number;
                live.SeenMessageId = lastBefore;
                live.Arrived.RemoveAll(delivery => delivery.MessageId <= lastBefore);
            }

            committed(done);
            Continue(live, done.Turn);
            return null;
        }
        catch (Exception e) when (done is not null)
        {
            // The instance is there, whatever went wrong after that.
            LogCommitFailed(e, nameInLogs(live.Id));
            Unload(live);
            RetryLater(live, []);
            return null;
        }
        finally
        {
            if (done is null)
            {
                // What has arrived is for an older instance that has the id.
                Unload(live);
                Rest(live);
            }

            pending.Remove();
        }
    }

    private static ExecutionContext CaptureNobodys()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
