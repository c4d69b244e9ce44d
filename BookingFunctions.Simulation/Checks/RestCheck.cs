using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Checks;

/// <summary>When nothing moves any more, nothing is left undone, and every open instance says what it waits for.</summary>
internal static class RestCheck
{
    public static void Run(World world)
    {
        var instances = world.Disk.ReadInstances();
        foreach (var message in world.Disk.ReadInbox())
        {
            world.Violate($"Nothing moves any more, and no turn has consumed the message to {message}.");
        }

        // A row stays until the next start if the disk failed when it was to be removed.
        if (!world.Faults.AreOn || world.Profile is { FailingGroup: 0, FailingWrite: 0 })
        {
            foreach (var activity in world.Disk.ReadDetachedActivities())
            {
                world.Violate($"Nothing moves any more, and the activity {activity} has never run.");
            }
        }

        foreach (var row in instances.Where(row => !row.HasEnded))
        {
            CheckWaits(world, row, instances);
        }
    }

    private static void CheckWaits(World world, StoredInstance row, IReadOnlyList<StoredInstance> instances)
    {
        var waits = row.Status == OrchestrationStatus.Suspended || row.Name switch
        {
            Orchestrators.BookTrip or Orchestrators.CancelTrip =>
                row.CustomStatus?.StartsWith("{\"status\":\"NeedsAttention\"", StringComparison.Ordinal) == true,
            nameof(Collect) => true,
            nameof(Family.Parent) => instances.Any(
                child => child.ParentInstanceId == row.InstanceId && child.Status == OrchestrationStatus.Suspended),
            _ => false,
        };
        if (!waits)
        {
            world.Violate(
                $"'{row.InstanceId}' is {row.Status}, nothing moves any more, and it does not say what it waits for: "
                + $"{row.CustomStatus}");
        }

        if (world.Ledger.Terminated.Contains(row.InstanceId))
        {
            world.Violate($"The termination of '{row.InstanceId}' was acknowledged, and it is {row.Status}.");
        }
    }
}
