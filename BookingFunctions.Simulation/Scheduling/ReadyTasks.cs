namespace BookingFunctions.Simulation.Scheduling;

/// <summary>
/// The tasks of a world that could run now. They run on the world's one thread, the next one drawn by chance: any order in
/// which threads could have come to them is possible, and the same seed draws the same.
/// </summary>
internal sealed class ReadyTasks(Draw draw)
{
    private readonly List<(Task Task, SeededScheduler Scheduler)> ready = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile string? escaped;

    public int Count => ready.Count;

    /// <summary>Whether tasks run in the order in which they became ready.</summary>
    public bool InOrder { get; init; }

    public void Add(Task task, SeededScheduler scheduler)
    {
        if (IsForeign())
        {
            return;
        }

        ready.Add((task, scheduler));
    }

    /// <summary>Forgets the tasks of a scheduler that is dead.</summary>
    public void Remove(SeededScheduler dead) => ready.RemoveAll(entry => entry.Scheduler == dead);

    /// <summary>Runs one task, up to its next await.</summary>
    public void RunOne()
    {
        var index = InOrder ? 0 : draw.Below(ready.Count);
        var (task, scheduler) = ready[index];
        ready.RemoveAt(index);
        scheduler.Run(task);
        if (escaped is not null)
        {
            throw new EscapedWorkException(escaped);
        }
    }

    /// <summary>Whether the caller is on another thread; that is a failure of the world then.</summary>
    public bool IsForeign()
    {
        if (Environment.CurrentManagedThreadId == thread)
        {
            return false;
        }

        // What has resumed this is on the caller's stack.
        escaped = Environment.StackTrace;
        EscapedWorkException.Count();
        return true;
    }
}
