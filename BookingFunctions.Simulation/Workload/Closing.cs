using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Brings a world to its end: nothing fails any more, and every instance is given what it waits for.</summary>
internal static class Closing
{
    public static async Task RunAsync(World world)
    {
        var operatorClient = new Client(world, "operator");
        foreach (var stored in world.Disk.ReadAll().Where(stored => !TurnCommit.IsTerminal(stored.Row.Status)))
        {
            var row = stored.Row;
            if (row.Status == DurableTask.Core.OrchestrationStatus.Suspended)
            {
                await operatorClient.AskAsync($"resume {row.InstanceId}", client => client.ResumeInstanceAsync(row.InstanceId));
            }

            if (row.Name == nameof(BookTrip))
            {
                await TripScript.RetryUndoAsync(operatorClient, row.InstanceId, null);
            }
            else if (row.Name == nameof(Collect))
            {
                await CollectScript.EndAsync(operatorClient, row.InstanceId);
            }
        }
    }
}
