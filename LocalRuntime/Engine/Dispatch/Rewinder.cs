using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>
/// Lets failed instances go on from where they failed: the last failures of their tasks are taken out of the history, as
/// few as it takes, those tasks are started again, and failed children are rewound in the same way.
/// </summary>
/// <remarks>
/// Upstream takes all failures out, those too that the code had handled, and so undoes the retries before them. Here a
/// task that failed twice and then succeeded stays as it is.
/// </remarks>
internal sealed class Rewinder(
    IOrchestrationStore store, InstanceLoader loader, TurnRunner runner, StoreWriter writer, Action<CommittedTurn> committed) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Rewinds an instance.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not failed, or its code would fail again without any task failing.</exception>
    public async Task RewindAsync(string instanceId, string? reason)
    {
        await one.WaitAsync();
        try
        {
            // Children first: if the process ends in between, the parent still shows that it is to be rewound.
            var turns = new List<CommittedTurn>();
            try
            {
                await CommitAsync(instanceId, reason, turns);
            }
            finally
            {
                // Children go on even if their parent's commit fails; it shows then that it is to be rewound.
                foreach (var turn in turns)
                {
                    committed(turn);
                }
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task CommitAsync(string instanceId, string? reason, List<CommittedTurn> turns)
    {
        var stored = await store.LoadAsync(instanceId, CancellationToken.None)
            ?? throw new ArgumentException($"No instance with ID '{instanceId}' was found.", nameof(instanceId));
        if (stored.Row.Status != OrchestrationStatus.Failed)
        {
            throw new InvalidOperationException(
                $"The instance '{instanceId}' can't be rewound: its status is {stored.Row.Status}, and only a failed one can.");
        }

        var turn = await PlanAsync(stored, reason);
        foreach (var child in turn.StartedAgain.OfType<SubOrchestrationAction>())
        {
            // What has ended otherwise is found by the loader, also if it ends only now.
            if (await store.ReadAsync(child.InstanceId, CancellationToken.None) is { Status: OrchestrationStatus.Failed })
            {
                await CommitAsync(child.InstanceId, reason, turns);
            }
        }

        turns.Add(await writer.CommitAsync(turn));
    }

    private async Task<Turn> PlanAsync(StoredInstance stored, string? reason)
    {
        var history = InstanceLoader.ReadHistory(stored);
        var failures = await FindFailuresAsync(history);
        HashSet<int> unanswered = [];
        for (var count = 0; count <= failures.Count; count++)
        {
            var execution = loader.Create(stored.Row.InstanceId);
            var withheld = failures.TakeLast(count).Concat(unanswered.Intersect(failures)).ToHashSet();
            var kept = execution.ReplayWithout(history, withheld);
            if (count == 0)
            {
                // Those that failed together, with nothing done about the first, are tried again together.
                unanswered = [.. execution.UnansweredFailures];
            }

            if (execution.Outcome is not { Status: OrchestrationStatus.Failed })
            {
                var live = new LiveInstance(stored.Row.InstanceId)
                {
                    Row = stored.Row with { CompletedAt = null, Failure = null },
                    LastTurn = stored.LastTurn,
                    Execution = execution,
                };
                return runner.Rewind(live, kept, reason);
            }
        }

        throw new InvalidOperationException(
            $"The instance '{stored.Row.InstanceId}' can't be rewound: its code fails by itself ({stored.Row.Output}). Fix the code first.");
    }

    // A child that was terminated or purged can't be tried again.
    private async Task<List<int>> FindFailuresAsync(List<HistoryEvent> history)
    {
        var failures = new List<int>();
        foreach (var historyEvent in history)
        {
            if (historyEvent is TaskFailedEvent failed)
            {
                failures.Add(failed.TaskScheduledId);
            }
            else if (historyEvent is SubOrchestrationInstanceFailedEvent { TaskScheduledId: var id }
                && history.OfType<SubOrchestrationInstanceCreatedEvent>().FirstOrDefault(created => created.EventId == id) is { InstanceId: { } child }
                && await store.ReadAsync(child, CancellationToken.None) is { Status: not OrchestrationStatus.Terminated })
            {
                failures.Add(id);
            }
        }

        return failures;
    }
}
