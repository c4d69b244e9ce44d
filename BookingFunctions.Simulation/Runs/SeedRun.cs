using BookingFunctions.Simulation.Checks;
using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Workload;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Runs;

/// <summary>Runs the world of one seed, from its first start until every instance has ended.</summary>
internal static class SeedRun
{
    private const int ClosingRounds = 10;

    /// <summary>Runs it.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="trace">Gets what happens, or null.</param>
    /// <exception cref="InvariantException">Something that must always hold did not.</exception>
    /// <exception cref="EscapedWorkException">Work went to the thread pool, where no seed decides.</exception>
    public static Counts Run(ulong seed, Trace? trace = null)
    {
        var draw = new Draw(seed);
        using World world = new(draw, Profile.From(draw), trace, new AppVersion().WithSettings(draw));
        world.Log($"seed {seed}: {world.Profile}");
        var checks = new WorldChecks(world);
        world.Process.Start();
        Drawn.Start(world);
        world.RunUntilQuiet();
        Close(world, checks);
        return world.Counts;
    }

    /// <summary>Checks a world in which nothing moves any more, and brings it to its end.</summary>
    private static void Close(World world, WorldChecks checks)
    {
        RestCheck.Run(world);
        world.ThrowIfViolated();
        world.Log($"nothing fails from now on");
        world.Faults.AreOn = false;
        world.Restart();
        world.RunUntilQuiet();
        for (var round = 0; round < ClosingRounds && Closing.IsNeeded(world, checks.TripWatch); round++)
        {
            Drawn.Run(world, () => Closing.RunAsync(world, checks.TripWatch));
            world.RunUntilQuiet();
        }

        Drawn.Run(world, () => Closing.AuditAsync(world));
        world.RunUntilQuiet();
        EndCheck.Run(world, checks);
        world.ThrowIfViolated();
    }
}
