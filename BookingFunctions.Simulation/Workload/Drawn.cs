using System.Globalization;
using BookingFunctions.Simulation.Checks;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Workload;

/// <summary>The workload of a world: a handful of scripts of all kinds, at the same time.</summary>
internal static class Drawn
{
    private static readonly (string Prefix, Func<World, string, Task> RunAsync)[] Kinds =
    [
        ("trip", TripScript.RunAsync),
        ("trip", TripScript.RunAsync),
        ("trip", TripScript.RunAsync),
        ("trip", TripScript.RunAsync),
        ("trip", TripScript.RunAsync),
        ("race", TripScript.RaceAsync),
        ("collect", CollectScript.RunAsync),
        ("collect", CollectScript.RunAsync),
        ("fan", OtherScripts.FanOutAsync),
        ("messages", OtherScripts.MessagesAsync),
        ("family", OtherScripts.FamilyAsync),
        ("sleeper", OtherScripts.SleeperAsync),
        ("changing", OtherScripts.ChangingAsync),
        ("ticker", OtherScripts.TickerAsync),
        ("fragile", OtherScripts.FragileAsync),
        ("reuse", OtherScripts.ReuseAsync),
    ];

    public static void Start(World world)
    {
        var count = world.Draw.Between(1, 3);
        for (var i = 0; i < count; i++)
        {
            var (prefix, runAsync) = world.Draw.OneOf(Kinds);
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
            Run(world, () => runAsync(world, id));
        }

        if (world.Draw.Chance(300))
        {
            Run(world, () => AuditAsync(world));
        }
    }

    /// <summary>Runs the app's reconciliation at some moment.</summary>
    private static async Task AuditAsync(World world)
    {
        var auditor = new Client(world, "auditor");
        await auditor.PauseAsync(180);
        await auditor.AskAsync("reconcile", process => Audit.RunAsync(world, process));
    }

    /// <summary>Runs a script outside of the process.</summary>
    public static void Run(World world, Func<Task> script) => _ = world.Outside.Start(async () =>
    {
        try
        {
            await script();
        }
        catch (Exception e)
        {
            world.Violate($"A script has failed: {e}");
        }
    });
}
