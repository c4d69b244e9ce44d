namespace LocalRuntime.Engine.Replay;

/// <summary>
/// Runs the code of one orchestrator: on the thread that pumps it, one task after the other, in the order in which they
/// were queued. That makes plain <c>async</c> code deterministic as long as it awaits only what is durable. Whatever
/// resumes the code from another thread is not run but reported, since no replay could do the same.
/// </summary>
internal sealed class OrchestratorScheduler : TaskScheduler
{
    private readonly Queue<Task> ready = new();
    private volatile int pumpingThread;
    private volatile bool wasResumedFromOutside;

    /// <summary>Called, from whichever thread it was, when something that isn't durable tries to resume the code.</summary>
    public Action? ResumedFromOutside { get; set; }

    public bool WasResumedFromOutside => wasResumedFromOutside;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the caller is code that the pump runs.</summary>
    public bool IsPumping => pumpingThread == Environment.CurrentManagedThreadId;

    /// <summary>Does something that makes code ready, then runs all code that is ready.</summary>
    public void Pump(Action begin)
    {
        pumpingThread = Environment.CurrentManagedThreadId;
        var previous = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            begin();
            while (ready.TryDequeue(out var task))
            {
                TryExecuteTask(task);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(previous);
            pumpingThread = 0;
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsPumping)
        {
            ready.Enqueue(task);
            return;
        }

        wasResumedFromOutside = true;
        ResumedFromOutside?.Invoke();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
