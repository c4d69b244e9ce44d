using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Tests.Simulation;

public class EscapedWorkTests
{
    [Fact]
    public void Work_that_comes_back_from_the_thread_pool_fails_its_world()
    {
        using World world = new(new Draw(1), Profile.Calm, null);
        _ = world.Outside.Start(async () => await Task.Run(() => Thread.Sleep(20)));

        Assert.Throws<EscapedWorkException>(void () =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                // Something goes on meanwhile.
                world.Outside.Post(() => Thread.Sleep(1));
                world.RunUntilQuiet();
            }
        });
    }
}
