using DurableTask.Core.History;
using LocalRuntime.Storage;
using Microsoft.Extensions.Logging;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>
/// Hands instances what arrives for them: one turn at a time an instance, many instances at a time. An instance stays in
/// memory between turns until others need the room.
/// </summary>
internal sealed partial class InstanceDispatcher
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, LiveInstance> instances = new(StringComparer.Ordinal);
    private readonly IdleInstances idle;
    private readonly WorkQueue queue;
    private readonly TaskScheduler scheduler;
    private readonly InstanceLoader loader;
    private readonly TurnRunner runner;
    private readonly StoreWriter writer;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Func<string, string> nameInLogs;
    private readonly Action<CommittedTurn> committed;
    private readonly Action<Delivery> unwanted;
    private readonly PendingCount pending = new();

    /// <param name="options">The limits.</param>
    /// <param name="loader">Loads instances.</param>
    /// <param name="runner">Runs turns.</param>
    /// <param name="writer">Commits turns.</param>
    /// <param name="clock">For pauses and events' times.</param>
    /// <param name="logger">For what goes wrong.</param>
    /// <param name="committed">Called after each commit, in the order of the instance's turns.</param>
    /// <param name="unwanted">Called for the outcome of an activity that no execution waits for any more.</param>
    public InstanceDispatcher(
        DurableEngineOptions options,
        InstanceLoader loader,
        TurnRunner runner,
        StoreWriter writer,
        TimeProvider clock,
        ILogger logger,
        Action<CommittedTurn> committed,
        Action<Delivery> unwanted)
    {
        this.loader = loader;
        this.writer = writer;
        this.clock = clock;
        this.logger = logger;
        nameInLogs = options.NameInLogs;
        this.committed = committed;
        this.unwanted = unwanted;
        this.runner = runner;
        idle = new IdleInstances(options.MaxLiveInstances);
        scheduler = options.Scheduler;
        queue = new WorkQueue(options.MaxConcurrentOrchestrators, scheduler);
    }

    /// <summary>Hands an instance something that has arrived for it.</summary>
    public void Deliver(string instanceId, Delivery delivery)
    {
        lock (gate)
        {
            if (!instances.TryGetValue(instanceId, out var live))
            {
                instances[instanceId] = live = new LiveInstance(instanceId);
            }

            if (live.Row is not null && delivery.MessageId <= live.SeenMessageId)
            {
                return;
            }

            live.Arrived.Add(delivery);
            Schedule(live);
        }
    }

    /// <summary>The row of an instance that is in memory, as of its last commit; null if it isn't, which says nothing about it.</summary>
    public InstanceRow? Find(string instanceId)
    {
        lock (gate)
        {
            return instances.TryGetValue(instanceId, out var live)
                ? live.Row ?? live.Arrived.Find(delivery => delivery.Created is not null)?.Created
                : null;
        }
    }

    /// <summary>Takes no more work; completes when no turn is running or being committed.</summary>
    public async Task StopAsync()
    {
        await queue.StopAsync();
        await pending.WaitForNoneAsync();
    }

    private void Schedule(LiveInstance live)
    {
        if (!live.IsBusy)
        {
            live.IsBusy = true;
            idle.Remove(live);
            queue.Enqueue(() => RunAsync(live));
        }
    }

    private async Task RunAsync(LiveInstance live)
    {
        pending.Add();
        try
        {
            Turn? turn;
            List<Delivery> arrived = [];
            try
            {
                (turn, arrived) = await PrepareAsync(live);
            }
            catch (VersionMismatchException e)
            {
                LogLeftAlone(nameInLogs(live.Id), e.Message);
                LeaveAlone(live);
                return;
            }
            catch (Exception e)
            {
                LogLoadFailed(e, nameInLogs(live.Id));
                RetryLater(live, arrived);
                return;
            }

            if (turn is null)
            {
                Rest(live);
                return;
            }

            // Not awaited: others run their turns while this one is being committed.
            _ = CommitAsync(live, turn);
        }
        finally
        {
            pending.Remove();
        }
    }

    private async Task<(Turn? Turn, List<Delivery> Arrived)> PrepareAsync(LiveInstance live)
    {
        Exception? broken = null;
        if (live.Row is null && !TakeCreated(live))
        {
            int seen;
            lock (gate)
            {
                seen = live.Arrived.Count;
            }

            var loaded = await loader.LoadAsync(live, () => Deliver(live.Id, Delivery.Look));
            lock (gate)
            {
                if (loaded is null)
                {
                    // Only what had arrived before: what came since may be for a new instance with the same id.
                    Drop(live.Arrived[..seen]);
                    live.Arrived.RemoveRange(0, seen);
                    return (null, []);
                }

                writer.MarkRead(live.Row!.Key);
                live.Arrived.RemoveAll(delivery => delivery.MessageId <= live.SeenMessageId);
                live.Arrived.InsertRange(0, loaded.Value.Inbox);
                broken = loaded.Value.Broken;
            }
        }

        List<Delivery> arrived;
        lock (gate)
        {
            // The start comes first: what waits with a lower id has come after what the start carries over.
            arrived = live.Execution!.IsStarted
                ? [.. live.Arrived]
                : [.. live.Arrived.OrderBy(delivery => delivery.Event is not ExecutionStartedEvent)];
            live.Arrived.Clear();
        }

        try
        {
            var turn = runner.Run(live, arrived, broken);
            if (turn is null)
            {
                Drop(arrived);
            }
            else
            {
                GiveBack(live, arrived[turn.Consumed.Count..]);
            }

            return (turn, arrived);
        }
        catch (Exception)
        {
            // Its code may be anywhere now: it is replayed from what is committed.
            Unload(live);
            GiveBack(live, arrived);
            throw;
        }
    }

    // What has just been created is in the store as it has arrived, unless a message that came in before has had it read meanwhile.
    private bool TakeCreated(LiveInstance live)
    {
        lock (gate)
        {
            if (live.Arrived.Find(delivery => delivery.Created is not null) is not { Created: { } row, MessageId: { } start }
                || !writer.MarkRead(row.Key)
                || !loader.Takes(row.Version))
            {
                return false;
            }

            live.Row = row;
            live.LastTurn = 0;
            live.SeenMessageId = start - 1;
            live.Execution = loader.Create(live.Id, () => Deliver(live.Id, Delivery.Look));
            live.Arrived.RemoveAll(delivery => delivery.MessageId < start);
            return true;
        }
    }

    private void GiveBack(LiveInstance live, List<Delivery> left)
    {
        lock (gate)
        {
            live.Arrived.InsertRange(0, left);
        }
    }

    private async Task CommitAsync(LiveInstance live, Turn turn)
    {
        pending.Add();
        try
        {
            var done = await writer.CommitAsync(turn);
            live.FailedCommits = 0;
            live.Row = turn.Row;
            live.LastTurn = turn.Number;
            committed(done);
            Continue(live, turn);
        }
        catch (InstanceGoneException)
        {
            Unload(live);
            Rest(live);
        }
        catch (Exception e)
        {
            LogCommitFailed(e, nameInLogs(live.Id));
            Unload(live);
            var inMemory = turn.Consumed.Where(delivery => delivery.MessageId is null && delivery.Event is not null).ToList();
            RetryLater(live, inMemory.FindAll(delivery => !delivery.IsVoid), inMemory.FindAll(delivery => delivery.IsVoid));
        }
        finally
        {
            pending.Remove();
        }
    }

    private void Continue(LiveInstance live, Turn turn)
    {
        lock (gate)
        {
            if (turn.Outcome is not null)
            {
                // What is only in memory was for the execution that has ended. A message may be for what comes after it.
                var stale = live.Arrived.FindAll(delivery => delivery.MessageId is null);
                Drop(stale);
                live.Arrived.RemoveAll(stale.Contains);
                Unload(live);
            }
        }

        Rest(live);
    }

    private void Rest(LiveInstance live)
    {
        lock (gate)
        {
            live.IsBusy = false;
            if (live.Row is not null && live.Execution is { IsStarted: false })
            {
                // What it waits for to start may be in the store only.
                Unload(live);
            }

            if (live.Arrived.Count > 0)
            {
                Schedule(live);
            }
            else if (live.Row is null)
            {
                Forget(live);
            }
            else if (idle.Add(live) is { } oldest)
            {
                Forget(oldest);
            }
        }
    }

    // What has arrived is in the store, but for the outcomes of activities: those run again.
    private void LeaveAlone(LiveInstance live)
    {
        lock (gate)
        {
            live.Arrived.Clear();
        }

        Rest(live);
    }

    private void RetryLater(LiveInstance live, List<Delivery> left, List<Delivery>? lost = null)
    {
        GiveBack(live, left);
        var pause = FirstPause * Math.Pow(2, Math.Min(live.FailedCommits++, 10));
        var timer = clock.CreateTimer(
            _ =>
            {
                lost?.ForEach(outcome => outcome.RunAgain!());
                lock (gate)
                {
                    live.Arrived.Add(Delivery.Look);
                }

                Rest(live);
            },
            null,
            pause < LongestPause ? pause : LongestPause,
            Timeout.InfiniteTimeSpan);
        live.RetryTimer = timer;
    }

    private void Drop(List<Delivery> deliveries)
    {
        foreach (var delivery in deliveries.Where(delivery => delivery.ActivityId is not null))
        {
            unwanted(delivery);
        }
    }

    private void Forget(LiveInstance live)
    {
        idle.Remove(live);
        if (instances.TryGetValue(live.Id, out var current) && current == live)
        {
            instances.Remove(live.Id);
        }
    }

    private static void Unload(LiveInstance live)
    {
        live.Row = null;
        live.Execution = null;
        live.SeenMessageId = 0;
    }

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The instance '{Instance}' could not be read or run. It is tried again.")]
    private partial void LogLoadFailed(Exception exception, string instance);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "A turn of the instance '{Instance}' could not be committed. It is tried again.")]
    private partial void LogCommitFailed(Exception exception, string instance);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "The instance '{Instance}' is left as it is: {Reason} It goes on when a program of its version runs.")]
    private partial void LogLeftAlone(string instance, string reason);
}
