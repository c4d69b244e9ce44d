using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What goes wrong in activities that do nothing else.</summary>
internal sealed class UnreliableWork(World world, SimulatedProcess process)
{
    /// <summary>Takes some time, or fails.</summary>
    public async Task DoAsync(CancellationToken cancellation)
    {
        await TakeTimeAsync(cancellation);
        if (world.Faults.FailsCall())
        {
            throw new ProviderUnavailableException("drawn");
        }
    }

    /// <summary>Takes some time, maybe.</summary>
    public async Task TakeTimeAsync(CancellationToken cancellation)
    {
        world.Counts.Calls++;
        if (world.Faults.AnswersLate())
        {
            await Task.Delay(world.Draw.UpTo(TimeSpan.FromSeconds(20)), process.Clock, cancellation);
        }
    }
}
