using System.Globalization;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Workload;

/// <summary>A traveler with a trip of some kind, and those who meddle with it.</summary>
internal static class TripScript
{
    public static async Task RunAsync(World world, string id)
    {
        var traveler = new Client(world, $"traveler of {id}");
        await traveler.PauseAsync(20);
        var start = traveler.StartAsync(nameof(BookTrip), id, Plan(world, id));
        if (world.Draw.Chance(200))
        {
            await Task.WhenAll(start, new Client(world, $"other traveler of {id}").StartAsync(nameof(BookTrip), id, Plan(world, "other")));
        }

        await start;
        var meddling = world.Draw.OneOf(0, 0, 0, 1, 1, 2);
        for (var i = 0; i < meddling; i++)
        {
            await traveler.MeddleAsync(id, mayTerminate: true);
        }

        if (world.Draw.Chance(200))
        {
            await traveler.PauseAsync(300);
            await RetryUndoAsync(traveler, id, world.Draw.OneOf<object?>(null, new { leg = "hotel" }, new { leg = 7 }, "all"));
        }
    }

    public static async Task RetryUndoAsync(Client client, string id, object? payload) =>
        await client.AskAsync($"retry the undo of {id}", durable => durable.RaiseEventAsync(id, RetryUndo.EventName, payload));

    /// <summary>A trip on which nothing goes wrong by itself.</summary>
    public static TripPlan Plain(string name) => new(
        new TripRequest(name, "Ford 150", "Hilton 123", "Alaska Airlines 123"),
        new RetrySettings(5, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)),
        new RetrySettings(5, TimeSpan.FromSeconds(1), 2, TimeSpan.FromSeconds(30)));

    private static TripPlan Plan(World world, string name)
    {
        var draw = world.Draw;
        return new TripPlan(
            new TripRequest(
                name,
                draw.OneOf("Ford", "Ford", "Ford", "Flaky Ford", "Slow Ford", "Flaky slow Ford"),
                draw.OneOf("Hilton", "Hilton", "Hilton", "Buggy Inn", "Stuck Inn", "Stuck Inn"),
                draw.OneOf("Alaska 1", "Alaska 1", "Invalid 1")),
            Settings(draw.Between(1, 7), draw.OneOf(0.1, 1, 5)),
            Settings(draw.Between(1, 4), draw.OneOf(0.1, 1, 5)));
    }

    private static RetrySettings Settings(int attempts, double seconds) =>
        new(attempts, TimeSpan.FromSeconds(seconds), 2, TimeSpan.FromSeconds(30));

    /// <summary>The id of a trip of a world.</summary>
    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"trip-{number}");
}
