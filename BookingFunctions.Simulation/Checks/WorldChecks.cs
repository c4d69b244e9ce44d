using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Simulation.Checks;

/// <summary>The checks of a world: after each commit, after each process, and at its end.</summary>
internal sealed class WorldChecks
{
    public WorldChecks(World world)
    {
        TripWatch = new TripWatch(world);
        Replay = new ReplayCheck(world);
        world.Committed += TripWatch.Run;
        world.ProcessEnded += Replay.Run;
    }

    public TripWatch TripWatch { get; }

    public ReplayCheck Replay { get; }
}
