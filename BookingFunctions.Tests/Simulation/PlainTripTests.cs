using BookingFunctions.Simulation.Runs;

namespace BookingFunctions.Tests.Simulation;

public class PlainTripTests
{
    [Fact]
    public void The_plain_trip_is_confirmed_wherever_the_process_crashes()
    {
        var result = PlainTrip.RunAll(pairs: false, threads: 2);

        Assert.Empty(result.Failures);
        Assert.True(result.Counts.Crashes >= PlainTrip.CountSteps() && result.Counts.OpenGroups > 0, $"{result}");
    }
}
