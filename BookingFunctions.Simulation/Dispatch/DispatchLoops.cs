using BookingFunctions.Simulation.Scheduling;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Dispatch;

/// <summary>Runs a <see cref="TaskHubWorker"/> on a world's scheduler.</summary>
internal static class DispatchLoops
{
    /// <summary>Starts the loops of a worker.</summary>
    /// <param name="worker">The worker, started on a service that asks for no loops, as those would run on the thread pool.</param>
    /// <param name="scheduler">Where it fetches and runs its work items.</param>
    /// <param name="clock">The clock of its delays.</param>
    public static void Start(TaskHubWorker worker, SeededScheduler scheduler, TimeProvider clock)
    {
        var turns = DispatcherAccess.Of(worker.TaskOrchestrationDispatcher);
        var activities = DispatcherAccess.Of(worker.TaskActivityDispatcher);
        _ = scheduler.Start(new DispatchLoop<TaskOrchestrationWorkItem>("turns", turns, scheduler, clock).RunAsync);
        _ = scheduler.Start(new DispatchLoop<TaskActivityWorkItem>("activities", activities, scheduler, clock).RunAsync);
    }
}
