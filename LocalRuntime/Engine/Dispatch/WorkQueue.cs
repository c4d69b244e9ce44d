using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Runs work in the order in which it came, so many pieces of it at a time.</summary>
internal sealed class WorkQueue(int degree, TaskScheduler scheduler)
{
    private readonly Lock gate = new();
    private readonly Queue<Func<Task>> waiting = new();
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private bool isStopped;

    /// <summary>Adds work. It must not throw: there is nobody to tell.</summary>
    public void Enqueue(Func<Task> work)
    {
        lock (gate)
        {
            if (isStopped)
            {
                return;
            }

            if (running == degree)
            {
                waiting.Enqueue(work);
                return;
            }

            running++;
        }

        Start(work);
    }

    /// <summary>Does work here and now, if there is room for it.</summary>
    /// <returns>Whether it was done.</returns>
    public bool TryRun(Action work)
    {
        lock (gate)
        {
            if (isStopped || running == degree)
            {
                return false;
            }

            running++;
        }

        try
        {
            work();
        }
        finally
        {
            if (TryGoOn(out var next))
            {
                Start(next);
            }
        }

        return true;
    }

    /// <summary>Takes no more work, drops what has not begun, and completes when what runs is done.</summary>
    public async Task StopAsync()
    {
        lock (gate)
        {
            isStopped = true;
            waiting.Clear();
            if (running == 0)
            {
                idle.TrySetResult();
            }
        }

        // Awaited here, so that who waits for it is told on the scheduler and not on the thread pool.
        await idle.Task;
    }

    private void Start(Func<Task> work) =>
        Task.Factory.StartNew(() => RunAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);

    private async Task RunAsync(Func<Task> work)
    {
        if (Activity.Current is not null)
        {
            // What has caused the work to be queued now is not what it belongs to.
            Activity.Current = null;
        }

        Func<Task>? next = work;
        while (next is not null)
        {
            await next();
            TryGoOn(out next);
        }
    }

    // Takes the place of what is done for what waits, or gives it up.
    private bool TryGoOn([NotNullWhen(true)] out Func<Task>? next)
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out next))
            {
                return true;
            }

            running--;
            if (isStopped && running == 0)
            {
                idle.TrySetResult();
            }

            return false;
        }
    }
}
