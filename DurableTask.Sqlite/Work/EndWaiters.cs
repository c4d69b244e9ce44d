namespace DurableTask.Sqlite.Work;

/// <summary>The calls that wait for the end of an instance.</summary>
internal sealed class EndWaiters
{
    private readonly object gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> byId = new(StringComparer.Ordinal);

    /// <summary>Adds one. It completes once the instance's end is durable, or when it is removed.</summary>
    public TaskCompletionSource Add(string instanceId)
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!byId.TryGetValue(instanceId, out var waiters))
            {
                byId.Add(instanceId, waiters = []);
            }

            waiters.Add(waiter);
        }

        return waiter;
    }

    /// <summary>Whether there is one for an instance.</summary>
    public bool Has(string instanceId)
    {
        lock (gate)
        {
            return byId.ContainsKey(instanceId);
        }
    }

    /// <summary>Takes one out.</summary>
    public void Remove(string instanceId, TaskCompletionSource waiter)
    {
        lock (gate)
        {
            if (byId.TryGetValue(instanceId, out var waiters) && waiters.Remove(waiter) && waiters.Count == 0)
            {
                byId.Remove(instanceId);
            }
        }
    }

    /// <summary>Wakes those that wait for an instance.</summary>
    public void Signal(string instanceId)
    {
        lock (gate)
        {
            if (byId.Remove(instanceId, out var waiters))
            {
                waiters.ForEach(waiter => waiter.TrySetResult());
            }
        }
    }
}
