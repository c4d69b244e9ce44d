using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Workload;

/// <summary>A traveler with a trip, and others that cancel, decide and disturb: all by the app's own API.</summary>
internal static class TripScript
{
    /// <summary>Any trip.</summary>
    public static Task RunAsync(World world, string name) => RunAsync(world, name, Order(world, name));

    /// <summary>Some trips at once for the same few cars, rooms and seats.</summary>
    public static Task RaceAsync(World world, string name) => Task.WhenAll(
        Enumerable.Range(0, world.Draw.Between(2, 4)).Select(number => RunAsync(world, $"{name} {number}", Plain($"{name} {number}"))));

    /// <summary>An order on which nothing goes wrong by itself.</summary>
    public static Dictionary<string, object> Plain(string name) => new()
    {
        ["name"] = name,
        ["car"] = "Ford",
        ["hotel"] = "Hilton",
        ["flight"] = "Alaska 1",
    };

    private static async Task RunAsync(World world, string name, Dictionary<string, object> order)
    {
        var traveler = new TripClient(world, $"traveler of {name}");
        await traveler.PauseAsync(20);
        var key = world.Draw.Chance(600) ? $"key of {name}" : null;
        List<Task<string?>> starts = [traveler.StartAsync(order, key)];
        while (key is not null && world.Draw.Chance(300))
        {
            var other = world.Draw.Chance(300) ? Order(world, "Other") : order;
            starts.Add(new TripClient(world, $"double {starts.Count} of {name}").StartAsync(other, key));
        }

        foreach (var id in (await Task.WhenAll(starts)).OfType<string>().Distinct())
        {
            await LiveAsync(world, id);
        }
    }

    // What may happen to a trip, at any moment of it and in any order.
    private static async Task LiveAsync(World world, string id)
    {
        var draw = world.Draw;
        List<Task> doings = [];
        for (var i = draw.OneOf(0, 0, 0, 1, 1, 2); i > 0; i--)
        {
            doings.Add(new TripClient(world, $"disturber {i} of {id}").DisturbAsync(id));
        }

        for (var i = draw.OneOf(0, 0, 0, 1, 1, 2); i > 0; i--)
        {
            doings.Add(new TripClient(world, $"canceller {i} of {id}").CancelAsync(id));
        }

        for (var i = draw.OneOf(0, 0, 1, 2); i > 0; i--)
        {
            doings.Add(new TripClient(world, $"operator {i} of {id}").DecideAsync(id));
        }

        await Task.WhenAll(doings);
        if (world.Ledger.Trips.MayBeCancelled(id))
        {
            // A cancellation polls until its trip is decided: the world would never come to rest.
            await new TripClient(world, $"last operator of {id}").UnblockUntilDecidedAsync(id);
        }
    }

    private static Dictionary<string, object> Order(World world, string name)
    {
        var draw = world.Draw;
        var order = new Dictionary<string, object>
        {
            ["name"] = name,
            ["car"] = draw.OneOf("Ford", "Ford", "Ford", "Flaky Ford", "Slow Ford", "Flaky slow Ford"),
            ["hotel"] = draw.OneOf("Hilton", "Hilton", "Hilton", "Buggy Inn", "Stuck Inn", "Stuck Inn"),
            ["flight"] = draw.OneOf("Alaska 1", "Alaska 1", "Invalid 1"),
        };
        if (draw.Chance(800))
        {
            order["attempts"] = draw.Between(1, 7);
        }

        if (draw.Chance(300))
        {
            order["parallel"] = true;
        }

        if (draw.Chance(250))
        {
            order["deadlineSeconds"] = draw.OneOf(1, 2, 10, 30, 120);
        }

        return order;
    }
}
