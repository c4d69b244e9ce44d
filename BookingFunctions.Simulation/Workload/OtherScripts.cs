using System.Globalization;
using System.Text.Json;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Instances of which only the output matters.</summary>
internal static class OtherScripts
{
    public static Task FanOutAsync(World world, string id)
    {
        var count = world.Draw.Between(0, 12);
        return RunAsync(world, nameof(FanOut), id, count, JsonSerializer.Serialize(Enumerable.Range(0, count)));
    }

    public static Task FamilyAsync(World world, string id)
    {
        var count = world.Draw.Between(1, 5);
        return RunAsync(world, nameof(Family.Parent), id, count, JsonSerializer.Serialize(Enumerable.Range(0, count)));
    }

    public static async Task SleeperAsync(World world, string id)
    {
        var naps = world.Draw.Between(1, 6);
        var script = RunAsync(
            world, nameof(Sleeper), id, naps, null, world.Draw.Chance(300) ? world.Draw.UpTo(TimeSpan.FromMinutes(2)) : null);
        var waker = new Client(world, $"waker of {id}");
        for (var i = world.Draw.Below(4); i > 0; i--)
        {
            await waker.PauseAsync(60);
            await waker.AskAsync($"wake {id}", client => client.RaiseEventAsync(id, Sleeper.EventName, null));
        }

        await script;
    }

    public static Task ChangingAsync(World world, string id)
    {
        var steps = world.Draw.Between(1, 5);
        return RunAsync(
            world, nameof(Changing), id, steps, JsonSerializer.Serialize(string.Create(CultureInfo.InvariantCulture, $"{steps} steps")));
    }

    private static async Task RunAsync(World world, string orchestrator, string id, int input, string? output, TimeSpan? after = null)
    {
        var client = new Client(world, $"client of {id}");
        await client.PauseAsync(20);
        if (output is not null)
        {
            world.Ledger.Outputs[id] = output;
        }

        await client.StartAsync(orchestrator, id, input, after);
        if (world.Draw.Chance(300))
        {
            await client.MeddleAsync(id, mayTerminate: true);
        }
        else if (world.Draw.Chance(300))
        {
            await client.WaitAsync(id);
        }
    }
}
