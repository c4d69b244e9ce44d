using System.Text.Json;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Checks;

/// <summary>What must hold once every instance has ended.</summary>
internal static class EndCheck
{
    public static void Run(World world, WorldChecks checks)
    {
        world.Ledger.Check();
        checks.Replay.Run();
        RestCheck.Run(world);
        TripCheck.Run(world, checks.TripWatch);
        checks.TripWatch.Decisions.RunAtEnd();
        foreach (var stored in world.Disk.ReadInstances())
        {
            Check(world, stored);
        }
    }

    private static void Check(World world, StoredInstance row)
    {
        world.Counts.Instances++;
        if (!row.HasEnded)
        {
            world.Violate(
                $"'{row.InstanceId}' has everything that it waited for, and has not ended: it is {row.Status} with "
                + $"{row.CustomStatus}.");
            return;
        }

        if (row.Status == OrchestrationStatus.Terminated)
        {
            return;
        }

        switch (row.Name)
        {
            case Orchestrators.BookTrip or Orchestrators.CancelTrip:
                if (row.Status != OrchestrationStatus.Completed)
                {
                    world.Violate($"'{row.InstanceId}' has failed: {row.Output}");
                }

                break;
            case nameof(Collect):
                ItemCheck.Run(world, row);
                break;
            case nameof(Family.Child):
                break;
            case nameof(Changing) when row.Status == OrchestrationStatus.Failed:
                if (row.Output?.Contains("Non-Deterministic", StringComparison.Ordinal) != true)
                {
                    world.Violate($"'{row.InstanceId}', whose code was changed, has failed with {row.Output}.");
                }

                break;
            case nameof(Messages):
                CheckOutput(world, row);
                CheckMessages(world, row);
                break;
            default:
                CheckOutput(world, row);
                break;
        }
    }

    private static void CheckMessages(World world, StoredInstance row)
    {
        var messages = Enumerable.Range(0, JsonSerializer.Deserialize<int>(row.Input!))
            .Select(number => Messages.IdOf(row.InstanceId, number));
        foreach (var id in messages.SelectMany(id => (string[])[id, Messages.CopyOf(id)]))
        {
            if (world.Disk.FindMessage(id) is null)
            {
                world.Violate($"The {id} was never written.");
            }
        }
    }

    private static void CheckOutput(World world, StoredInstance row)
    {
        if (row.Status != OrchestrationStatus.Completed)
        {
            world.Violate($"'{row.InstanceId}' has failed: {row.Output}");
        }
        else if (world.Ledger.Outputs.TryGetValue(row.InstanceId, out var expected) && expected != row.Output)
        {
            world.Violate($"'{row.InstanceId}' returned {row.Output} instead of {expected}.");
        }
        else if (row.Name == nameof(Sleeper) && !world.Time.WentBack && JsonSerializer.Deserialize<SleeperResult>(row.Output!)!.Early > 0)
        {
            world.Violate($"'{row.InstanceId}' was woken before its time: {row.Output}");
        }
    }
}
