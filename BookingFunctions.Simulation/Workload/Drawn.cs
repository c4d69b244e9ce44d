using System.Globalization;
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
        ("collect", CollectScript.RunAsync),
        ("collect", CollectScript.RunAsync),
        ("fan", OtherScripts.FanOutAsync),
        ("family", OtherScripts.FamilyAsync),
        ("sleeper", OtherScripts.SleeperAsync),
        ("changing", OtherScripts.ChangingAsync),
        ("ticker", OtherScripts.TickerAsync),
        ("fragile", OtherScripts.FragileAsync),
        ("reuse", OtherScripts.ReuseAsync),
    ];

    public static void Start(World world)
    {
        var count = world.Draw.Between(1, 4);
        for (var i = 0; i < count; i++)
        {
            var (prefix, runAsync) = world.Draw.OneOf(Kinds);
            var id = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
            Run(world, () => runAsync(world, id));
        }
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
