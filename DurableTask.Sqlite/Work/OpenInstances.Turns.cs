using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Instances;

namespace DurableTask.Sqlite.Work;

/// <content>The way of an instance from a turn to the next one.</content>
internal sealed partial class OpenInstances
{
    /// <summary>An instance that waits only for timers which are due later than this does not keep its state in memory.</summary>
    internal static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    /// <summary>Takes the next turn; null if there is none in time.</summary>
    public async Task<TurnWorkItem?> TakeTurnAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        while (await ready.TakeAsync(timeout, cancellation) is { } instance)
        {
            lock (gate)
            {
                if (IsOpen(instance) && instance.Phase == InstancePhase.Ready)
                {
                    return BeginTurn(instance);
                }
            }
        }

        return null;
    }

    /// <summary>Ends a turn.</summary>
    public void Release(TurnWorkItem item) => Change(() =>
    {
        var instance = item.Instance;
        if (item.Generation != Generation || !IsOpen(instance) || instance.Phase != InstancePhase.Locked)
        {
            return;
        }

        // What was not consumed was never processed: the dispatcher has stopped.
        if (item.Taken.Count > 0 || item.IsSpoiled)
        {
            GiveBack(instance, item);
        }
        else if (WaitsLong(instance))
        {
            instance.Live = null;
        }
        else
        {
            item.OrchestrationRuntimeState.NewEvents.Clear();
            item.NewMessages = [];
            instance.LiveNode = live.AddLast(instance);
        }

        instance.Attempts = 0;
        instance.Phase = InstancePhase.Idle;
        Wake(instance);
        EvictOldest();
    });

    /// <summary>Ends a turn that was not completed: nothing is consumed, and the next attempt waits for a growing delay.</summary>
    /// <returns>How many turns were abandoned in a row; 0 if the turn is outdated.</returns>
    public int Abandon(TurnWorkItem item)
    {
        lock (gate)
        {
            var instance = item.Instance;
            if (item.Generation != Generation || !IsOpen(instance) || instance.Phase != InstancePhase.Locked)
            {
                return 0;
            }

            GiveBack(instance, item);
            Park(instance);
            return instance.Attempts;
        }
    }

    /// <summary>Gives a loaded instance its state.</summary>
    public void Loaded(OpenInstance instance, long generation, StoredHistory history, IList<HistoryEvent> events) => Change(() =>
    {
        if (generation == Generation && IsOpen(instance) && instance.Phase == InstancePhase.Loading)
        {
            instance.Live = new TurnWorkItem(instance, generation, new OrchestrationRuntimeState(events) { Status = history.CustomStatus })
            {
                StoredStatus = (true, history.CustomStatus),
            };
            instance.Phase = InstancePhase.Ready;
            ready.Add(instance);
        }
    });

    /// <summary>Tries again later to load an instance.</summary>
    public void LoadFailed(OpenInstance instance, long generation)
    {
        lock (gate)
        {
            if (generation == Generation && IsOpen(instance))
            {
                Park(instance);
            }
        }
    }

    private static void Consume(OpenInstance instance, TurnWorkItem item)
    {
        instance.Start = null;
        item.Taken = [];
    }

    private TurnWorkItem BeginTurn(OpenInstance instance)
    {
        instance.Phase = InstancePhase.Locked;
        Unlist(instance);
        var item = instance.Live ??= new TurnWorkItem(instance, Generation, new OrchestrationRuntimeState())
        {
            StoredStatus = (true, null),
        };

        // A rewind is delivered alone, and so is a suspension: what follows it in a turn that continues as new would be lost.
        var first = instance.Inbox.FindIndex(message => message.Message.Event is ExecutionRewoundEvent or ExecutionSuspendedEvent);
        var count = first switch { < 0 => instance.Inbox.Count, 0 => instance.Start is null ? 1 : 0, _ => first };
        item.Taken = instance.Inbox.GetRange(0, count);
        instance.Inbox.RemoveRange(0, count);
        if (instance.Start is { } start)
        {
            item.Taken.Insert(0, new InboxMessage(0, start));
        }

        if (item.Taken is [{ Message.Event: ExecutionRewoundEvent }] && item.OrchestrationRuntimeState.ExecutionStartedEvent is { } started)
        {
            // The dispatcher takes it for granted when it rewinds.
            started.ParentTraceContext ??= new DistributedTraceContext("");
        }

        item.NewMessages = item.Taken.ConvertAll(message => message.Message);
        return item;
    }

    private static void GiveBack(OpenInstance instance, TurnWorkItem item)
    {
        instance.Inbox.InsertRange(0, item.Taken.Where(message => message.Message != instance.Start));
        item.Taken = [];
        instance.Live = null;
    }

    // A replay then costs less than memory until then.
    private bool WaitsLong(OpenInstance instance)
    {
        if (instance.HasWork || instance.Activities.Count > 0 || instance.Timers.Count == 0)
        {
            return false;
        }

        var soon = clock.GetUtcNow().UtcDateTime + LongWait;
        return instance.Timers.Values.All(timer => timer.Due > soon);
    }

    private void Park(OpenInstance instance)
    {
        instance.Phase = InstancePhase.Parked;
        var generation = Generation;
        delays.After(++instance.Attempts, () => Change(() =>
        {
            if (generation == Generation && IsOpen(instance))
            {
                instance.Phase = InstancePhase.Idle;
                Wake(instance);
            }
        }));
    }

    private void Unlist(OpenInstance instance)
    {
        if (instance.LiveNode is { } node)
        {
            live.Remove(node);
            instance.LiveNode = null;
        }
    }

    private void EvictOldest()
    {
        while (live.Count > maxLive && live.First is { } oldest)
        {
            // One that is about to run keeps its state.
            Unlist(oldest.Value);
            if (oldest.Value.Phase == InstancePhase.Idle)
            {
                oldest.Value.Live = null;
            }
        }
    }
}
