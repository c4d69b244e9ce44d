using System.Globalization;
using System.Text.Json;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Instances of which only the output matters.</summary>
internal static class OtherScripts
{
    public static Task FanOutAsync(World world, string id)
    {
        var count = world.Draw.Between(0, 12);
        return RunAsync(world, nameof(FanOut), id, count, JsonSerializer.Serialize(Enumerable.Range(0, count)));
    }

    public static Task MessagesAsync(World world, string id)
    {
        var count = world.Draw.Between(1, 6);
        return RunAsync(world, nameof(Messages), id, count, JsonSerializer.Serialize(count % 2 == 0 ? count / 2 : 0));
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

    public static Task TickerAsync(World world, string id)
    {
        var ticks = world.Draw.Between(1, 6);
        return RunAsync(world, nameof(Ticker), id, new TickerState(ticks, 0), JsonSerializer.Serialize(ticks));
    }

    /// <summary>An instance that fails again and again, and is rewound each time.</summary>
    public static async Task FragileAsync(World world, string id)
    {
        var client = new Client(world, $"client of {id}");
        await client.PauseAsync(20);

        var depth = world.Draw.Below(3);
        world.Ledger.Outputs[id] = JsonSerializer.Serialize(Fragile.Sum(depth));
        await client.StartAsync(nameof(Fragile), id, depth);
        while (true)
        {
            await client.WaitAsync(id);
            if (world.Disk.FindInstance(id) is { Status: not OrchestrationStatus.Failed })
            {
                return;
            }

            // Refused if an earlier attempt, of which the answer was lost, has rewound it.
            await client.InsistAsync(
                $"rewind {id}", durable => durable.RewindInstanceAsync(id, "drawn"), error => error is InvalidOperationException);
        }
    }

    /// <summary>An id that is used again, once its instance has ended.</summary>
    public static async Task ReuseAsync(World world, string id)
    {
        var client = new Client(world, $"client of {id}");
        var uses = world.Draw.Between(2, 3);
        for (var use = 0; use < uses; use++)
        {
            await client.PauseAsync(20);
            var count = world.Draw.Between(0, 5);
            world.Ledger.Outputs[id] = JsonSerializer.Serialize(Enumerable.Range(0, count));
            await client.StartAsync(nameof(FanOut), id, count, replaces: use > 0);
            await client.WaitAsync(id);
            if (world.Disk.FindInstance(id)?.Output != world.Ledger.Outputs[id])
            {
                world.Violate($"'{id}' is not the instance that was started last: it returned {world.Disk.FindInstance(id)?.Output}.");
            }

            if (use == uses - 1)
            {
                return;
            }

            world.Ledger.Forget(id);
            if (world.Draw.Chance(500))
            {
                await client.InsistAsync($"purge {id}", durable => durable.PurgeInstanceAsync(id));
                if (world.Disk.FindInstance(id) is not null)
                {
                    world.Violate($"'{id}' was purged, and is still there.");
                }
            }
        }
    }

    private static async Task RunAsync(World world, string orchestrator, string id, object input, string? output, TimeSpan? after = null)
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
            await client.DisturbAsync(id, mayTerminate: true);
        }
        else if (world.Draw.Chance(300))
        {
            await client.WaitAsync(id);
        }
    }
}
