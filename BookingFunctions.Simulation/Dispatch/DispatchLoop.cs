using BookingFunctions.Simulation.Scheduling;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Dispatch;

/// <summary>
/// The fetch loop of a <see cref="WorkItemDispatcher{T}"/>, on a world's scheduler instead of the thread pool, and without the
/// timeout of its fetches: a world in which nothing happens comes to rest. All else of the dispatcher is the genuine one's.
/// </summary>
/// <param name="name">What it dispatches, for the log.</param>
/// <param name="dispatcher">The dispatcher, started with no loop of its own.</param>
/// <param name="scheduler">Where work items are fetched and processed.</param>
/// <param name="clock">The clock of its delays.</param>
internal sealed class DispatchLoop<T>(string name, WorkItemDispatcher<T> dispatcher, SeededScheduler scheduler, TimeProvider clock)
    where T : class
{
    private readonly WorkItemDispatcherContext context = new(name, "simulated", "0");

    /// <summary>Fetches and processes until the dispatcher is stopped.</summary>
    public async Task RunAsync()
    {
        while (IsStarted)
        {
            await WorkItemDispatcherAccess<T>.Slots(dispatcher).WaitAsync();
            var (workItem, delaySeconds) = await FetchAsync();
            var isProcessed = false;
            if (workItem is not null && IsStarted)
            {
                _ = scheduler.Start(() => WorkItemDispatcherAccess<T>.ProcessAsync(dispatcher, context, workItem));
                isProcessed = true;
            }
            else if (workItem is not null && dispatcher.SafeReleaseWorkItem is { } release)
            {
                await release(workItem);
            }

            delaySeconds = Math.Max(delaySeconds, WorkItemDispatcherAccess<T>.DelaySeconds(dispatcher));
            if (delaySeconds > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(delaySeconds), clock);
            }

            if (!isProcessed)
            {
                WorkItemDispatcherAccess<T>.Slots(dispatcher).Release();
            }
        }
    }

    private bool IsStarted => WorkItemDispatcherAccess<T>.IsStarted(dispatcher);

    private async Task<(T? WorkItem, int DelaySeconds)> FetchAsync()
    {
        try
        {
            var shutdown = WorkItemDispatcherAccess<T>.Shutdown(dispatcher).Token;
            return (await WorkItemDispatcherAccess<T>.Fetch(dispatcher)(Timeout.InfiniteTimeSpan, shutdown), 0);
        }
        catch (TimeoutException)
        {
            return (null, 0);
        }
        catch (Exception exception)
        {
            return (null, IsStarted ? dispatcher.GetDelayInSecondsAfterOnFetchException(exception) : 0);
        }
    }
}
