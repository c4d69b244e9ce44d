using System.Text.Json;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Checks;

/// <summary>An instance has got every event that was acknowledged, none twice, and those of a sender in their order.</summary>
internal static class ItemCheck
{
    public static void Run(World world, StoredInstance row)
    {
        if (row.Status != DurableTask.Core.OrchestrationStatus.Completed)
        {
            world.Violate($"'{row.InstanceId}' has failed: {row.Output}");
            return;
        }

        var items = JsonSerializer.Deserialize<List<string>>(row.Output!)!;
        var sent = world.Ledger.Items[row.InstanceId];
        foreach (var twice in items.GroupBy(item => item).Where(group => group.Count() > 1))
        {
            world.Violate($"'{row.InstanceId}' got {twice.Key} {twice.Count()} times.");
        }

        foreach (var unknown in items.Except(sent.Select(item => item.Item)))
        {
            world.Violate($"'{row.InstanceId}' got {unknown}, which was not sent.");
        }

        foreach (var item in sent)
        {
            var got = items.Contains(item.Item);
            if (got ? item.Answer is { IsKnown: true, Error: not null } : item.Answer is { IsDone: true })
            {
                world.Violate($"'{row.InstanceId}' {(got ? "got" : "never got")} {item.Item}, whose sender got: {item.Answer}.");
            }
        }

        // When an instance continues as new, the worker's shim sends the events that it has not consumed to the instance itself,
        // behind later ones.
        if (JsonSerializer.Deserialize<CollectState>(row.Input!)!.PerGeneration > 0)
        {
            return;
        }

        foreach (var sender in sent.GroupBy(item => item.Sender))
        {
            var inOrder = sender.Select(item => item.Item).Where(items.Contains).ToList();
            var asReceived = items.Where(inOrder.Contains).ToList();
            if (!inOrder.SequenceEqual(asReceived))
            {
                world.Violate($"'{row.InstanceId}' got the events of {sender.Key} out of order: {string.Join(", ", asReceived)}.");
            }
        }
    }
}
