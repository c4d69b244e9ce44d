namespace BookingFunctions.Tests.Engine;

/// <summary>
/// Runs an engine's work on the thread pool, but for as long as it is held. Clients run elsewhere, so that an instance's first turn is
/// never run by the one who starts it, but after its creation.
/// </summary>
internal sealed class HoldingScheduler : TaskScheduler
{
    private readonly Lock gate = new();
    private List<Task>? held;

    /// <summary>Runs nothing that is queued from now on.</summary>
    public void Hold()
    {
        lock (gate)
        {
            held = [];
        }
    }

    /// <summary>Runs what was held, and whatever comes.</summary>
    public void Release()
    {
        List<Task> waiting;
        lock (gate)
        {
            waiting = held ?? [];
            held = null;
        }

        waiting.ForEach(Run);
    }

    protected override void QueueTask(Task task)
    {
        lock (gate)
        {
            if (held is not null)
            {
                held.Add(task);
                return;
            }
        }

        Run(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private void Run(Task task) => ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
}
