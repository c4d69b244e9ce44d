using System.Diagnostics;

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

        Task.Factory.StartNew(() => RunAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler);
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

    private async Task RunAsync(Func<Task> work)
    {
        if (Activity.Current is not null)
        {
            // What has caused the work to be queued now is not what it belongs to.
            Activity.Current = null;
        }

        while (true)
        {
            await work();
            lock (gate)
            {
                if (waiting.TryDequeue(out var next))
                {
                    work = next;
                    continue;
                }

                running--;
                if (isStopped && running == 0)
                {
                    idle.TrySetResult();
                }

                return;
            }
        }
    }
}
