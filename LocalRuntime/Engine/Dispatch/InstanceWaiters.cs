using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Those who wait until an instance has started or ended.</summary>
/// <param name="store">Knows all instances.</param>
/// <param name="findLive">Finds the row of an instance that is in memory, as of a commit of which those who wait may not have been notified.</param>
internal sealed class InstanceWaiters(IOrchestrationStore store, Func<string, InstanceRow?> findLive) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Waiter>> waiters = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Waits until an instance is as it should be.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="isReached">Whether its row is as it should be.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The row, or null if there is no such instance.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the engine stops.</exception>
    public async Task<InstanceRow?> WaitAsync(string instanceId, Func<InstanceRow, bool> isReached, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping.Token);
        var waiter = new Waiter(isReached);
        Add(instanceId, waiter);
        try
        {
            either.Token.ThrowIfCancellationRequested();

            // Read after it was added: a commit in between is in the row, or it notifies.
            var row = findLive(instanceId) ?? await store.ReadAsync(instanceId, either.Token);
            if (row is null || isReached(row))
            {
                return row;
            }

            // Not WaitAsync: it would be told on the thread pool, whichever scheduler runs the engine.
            await using var cancelled = either.Token.UnsafeRegister((_, token) => waiter.Source.TrySetCanceled(token), null);
            return await waiter.Source.Task;
        }
        finally
        {
            Remove(instanceId, waiter);
        }
    }

    /// <summary>Tells those who wait what an instance is like now.</summary>
    public void Notify(InstanceRow row)
    {
        lock (gate)
        {
            if (waiters.TryGetValue(row.InstanceId, out var waiting))
            {
                foreach (var waiter in waiting.Where(waiter => waiter.IsReached(row)))
                {
                    waiter.Source.TrySetResult(row);
                }
            }
        }
    }

    /// <summary>Ends all waits.</summary>
    public void Stop() => stopping.Cancel();

    public void Dispose() => stopping.Dispose();

    private void Add(string instanceId, Waiter waiter)
    {
        lock (gate)
        {
            if (!waiters.TryGetValue(instanceId, out var waiting))
            {
                waiters[instanceId] = waiting = [];
            }

            waiting.Add(waiter);
        }
    }

    private void Remove(string instanceId, Waiter waiter)
    {
        lock (gate)
        {
            var waiting = waiters[instanceId];
            waiting.Remove(waiter);
            if (waiting.Count == 0)
            {
                waiters.Remove(instanceId);
            }
        }
    }

    private sealed record Waiter(Func<InstanceRow, bool> IsReached)
    {
        public TaskCompletionSource<InstanceRow> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
