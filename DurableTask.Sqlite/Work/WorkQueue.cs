namespace DurableTask.Sqlite.Work;

/// <summary>A queue whose takers wait for items.</summary>
internal sealed class WorkQueue<T>(TimeProvider clock)
    where T : class
{
    private readonly object gate = new();
    private readonly Queue<T> items = new();
    private readonly LinkedList<TaskCompletionSource<T?>> takers = new();

    /// <summary>Adds an item.</summary>
    public void Add(T item)
    {
        lock (gate)
        {
            while (takers.First is { } taker)
            {
                takers.RemoveFirst();
                if (taker.Value.TrySetResult(item))
                {
                    return;
                }
            }

            items.Enqueue(item);
        }
    }

    /// <summary>Removes all items.</summary>
    public void Clear()
    {
        lock (gate)
        {
            items.Clear();
        }
    }

    /// <summary>Takes the next item.</summary>
    /// <param name="timeout">How long to wait for one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The item, or null if there was none in time.</returns>
    public async Task<T?> TakeAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        LinkedListNode<TaskCompletionSource<T?>> taker;
        lock (gate)
        {
            if (items.TryDequeue(out var item))
            {
                return item;
            }

            if (timeout == TimeSpan.Zero || cancellation.IsCancellationRequested)
            {
                return null;
            }

            taker = takers.AddLast(new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var registration = cancellation.Register(() => GiveUp(taker));
        await using var timer = timeout > TimeSpan.Zero && timeout < TimeSpan.FromDays(40)
            ? clock.CreateTimer(_ => GiveUp(taker), null, timeout, Timeout.InfiniteTimeSpan)
            : null;
        return await taker.Value.Task;
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<T?>> taker)
    {
        lock (gate)
        {
            if (taker.List is not null)
            {
                takers.Remove(taker);
                taker.Value.TrySetResult(null);
            }
        }
    }
}
