using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>An activity with effects outside the file begins only when what has scheduled it is committed.</summary>
internal sealed class ActivityCheck(World world, Func<string, bool> beginsBeforeCommit)
{
    /// <summary>Middleware of the activities.</summary>
    public Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var instance = context.GetProperty<OrchestrationInstance>();
        var scheduled = context.GetProperty<TaskScheduledEvent>();
        if (!beginsBeforeCommit(scheduled.Name!) && !world.Disk.HasScheduled(instance, scheduled.EventId))
        {
            world.Violate($"The activity {scheduled.Name} #{scheduled.EventId} of '{instance.InstanceId}' begins, and is not on the disk.");
        }

        return next();
    }
}
