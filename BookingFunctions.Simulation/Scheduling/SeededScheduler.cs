namespace BookingFunctions.Simulation.Scheduling;

/// <summary>Runs tasks of one process of a world, when the world draws them; once killed, it runs none any more.</summary>
internal sealed class SeededScheduler(ReadyTasks ready) : TaskScheduler
{
    public bool IsDead { get; private set; }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Starts something on this scheduler.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Queues a call.</summary>
    public void Post(Action call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Drops what is ready and what becomes ready later, as the end of a process does.</summary>
    public void Kill()
    {
        IsDead = true;
        ready.Remove(this);
    }

    internal void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task)
    {
        if (!IsDead)
        {
            ready.Add(task, this);
        }
    }

    // Never inline: what could run elsewhere, or later, is drawn.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
