using BookingFunctions.Saga;
using BookingFunctions.Simulation.Workload;
using BookingFunctions.Simulation.Worlds;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Checks;

/// <summary>When nothing moves any more, nothing is left undone, and every open instance says what it waits for.</summary>
internal static class RestCheck
{
    public static void Run(World world)
    {
        var instances = world.Disk.ReadAll();
        var rows = instances.ToDictionary(stored => stored.Row.Key, stored => stored.Row);
        var work = world.Disk.ReadOpenWork();
        foreach (var instance in work.InstancesWithMessages)
        {
            world.Violate($"A message to '{instance}' was never consumed.");
        }

        foreach (var message in work.DelayedMessages)
        {
            world.Violate($"The message to '{message.InstanceId}' for {message.VisibleAt:O} was never consumed.");
        }

        foreach (var timer in work.Timers)
        {
            world.Violate($"The timer {timer.TimerId} of '{timer.InstanceId}', due at {timer.FireAt:O}, has never fired.");
        }

        foreach (var activity in work.Activities)
        {
            // One that nobody waits for may stay until the next start if the disk failed when it was to be removed.
            var isWanted = !TurnCommit.IsTerminal(rows[activity.InstanceKey].Status) && rows[activity.InstanceKey].ExecutionId == activity.ExecutionId;
            if (isWanted || world.Profile is { FailingGroup: 0, FailingWrite: 0 })
            {
                world.Violate($"The activity {activity.Name} #{activity.TaskId} of '{activity.InstanceId}' has never come to an end.");
            }
        }

        foreach (var stored in instances.Where(stored => !TurnCommit.IsTerminal(stored.Row.Status)))
        {
            CheckWaits(world, stored.Row, instances);
        }
    }

    private static void CheckWaits(World world, InstanceRow row, IReadOnlyList<StoredInstance> instances)
    {
        var waits = row.Status == OrchestrationStatus.Suspended || row.Name switch
        {
            nameof(BookTrip) or nameof(CancelTrip) => row.CustomStatus?.StartsWith("{\"status\":\"NeedsAttention\"", StringComparison.Ordinal) == true,
            nameof(Collect) => true,
            nameof(Family.Parent) => instances.Any(
                child => child.Row.ParentInstanceId == row.InstanceId && child.Row.Status == OrchestrationStatus.Suspended),
            _ => false,
        };
        if (!waits)
        {
            world.Violate($"'{row.InstanceId}' is {row.Status}, nothing moves any more, and it does not say what it waits for: {row.CustomStatus}");
        }

        if (world.Ledger.Terminated.Contains(row.InstanceId))
        {
            world.Violate($"The termination of '{row.InstanceId}' was acknowledged, and it is {row.Status}.");
        }
    }
}
