using System.Globalization;
using BookingFunctions.Simulation.Checks;
using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Workload;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;

namespace BookingFunctions.Simulation.Runs;

/// <summary>
/// The plain trip, on which nothing fails by itself, with a crash before each of its steps, one by one: the group of writes
/// that was on its way to the disk is lost, or it is durable and was not acknowledged.
/// </summary>
internal static class PlainTrip
{
    private const string Traveler = "Alice Jones";

    // Of the second crashes, one in so many, another one after each first crash: all of them would take a quarter of an hour.
    private const int PairStride = 16;

    /// <summary>How many steps the trip takes if nothing happens to it.</summary>
    public static int CountSteps() => (int)Run([], isDurable: false).Steps;

    /// <summary>Runs the trip with a crash before each step, and with a part of the pairs of crashes.</summary>
    /// <param name="pairs">Whether to run the pairs.</param>
    /// <param name="threads">How many worlds run at a time.</param>
    public static SeedRangeResult RunAll(bool pairs, int threads)
    {
        var result = new SeedRangeResult();
        var steps = CountSteps();

        // A world has one thread, the one that it is run by.
        Parallel.For(1, steps + 1, new ParallelOptions { MaxDegreeOfParallelism = threads }, first =>
        {
            Try([first]);
            for (var second = first + 1 + (first % PairStride); pairs && second <= first + steps; second += PairStride)
            {
                Try([first, second]);
            }
        });
        return result;

        void Try(int[] crashes)
        {
            var hadOpenGroup = true;
            foreach (var isDurable in (ReadOnlySpan<bool>)[false, true])
            {
                if (!hadOpenGroup)
                {
                    // Nothing was on its way to the disk: it would be the same once more.
                    return;
                }

                try
                {
                    var counts = Run(crashes, isDurable);
                    hadOpenGroup = counts.OpenGroups > 0;
                    result.Add(counts);
                    result.CountSeed();
                }
                catch (Exception e)
                {
                    var name = string.Create(
                        CultureInfo.InvariantCulture,
                        $"the plain trip with crashes before the steps {string.Join(" and ", crashes)},"
                        + $" the open group {(isDurable ? "durable" : "lost")}");
                    result.Add(new Failure(name, e, []));
                }
            }
        }
    }

    private static Counts Run(int[] crashes, bool isDurable)
    {
        World world = null!;
        using var owned = world = new World(new Draw(1), Profile.Calm with { InOrder = true }, null)
        {
            OpenGroupIsDurable = isDurable,
            BeforeStep = step =>
            {
                if (crashes.Contains(step))
                {
                    world.Crash();
                }
            },
        };
        var checks = new WorldChecks(world);
        world.Process.Start();
        Drawn.Run(world, () => new TripClient(world, "traveler").StartAsync(TripScript.Plain(Traveler), "key"));
        world.RunUntilQuiet();
        if (world.Disk.ReadTrips() is not [var trip])
        {
            throw new InvariantException("One key got more than one trip, or none.");
        }

        if (!checks.TripWatch.Decided.TryGetValue(trip.Id, out var decision) || decision != TripState.Confirmed)
        {
            throw new InvariantException("The plain trip was not confirmed.");
        }

        EndCheck.Run(world, checks);
        world.ThrowIfViolated();
        return world.Counts;
    }
}
