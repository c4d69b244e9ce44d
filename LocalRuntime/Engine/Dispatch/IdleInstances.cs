namespace LocalRuntime.Engine.Dispatch;

/// <summary>The instances that wait in memory, the one that has waited longest first. Guarded by the dispatcher's lock.</summary>
internal sealed class IdleInstances(int capacity)
{
    private readonly LinkedList<LiveInstance> idle = new();

    /// <summary>Adds an instance.</summary>
    /// <returns>The one that has to leave for it, or null.</returns>
    public LiveInstance? Add(LiveInstance live)
    {
        live.IdleNode = idle.AddLast(live);
        if (idle.Count <= capacity)
        {
            return null;
        }

        var oldest = idle.First!.Value;
        Remove(oldest);
        return oldest;
    }

    public void Remove(LiveInstance live)
    {
        if (live.IdleNode is { } node)
        {
            idle.Remove(node);
            live.IdleNode = null;
        }
    }
}
