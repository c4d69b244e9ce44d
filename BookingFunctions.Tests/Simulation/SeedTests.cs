using BookingFunctions.Simulation.Runs;
using BookingFunctions.Simulation.Worlds;

namespace BookingFunctions.Tests.Simulation;

public class SeedTests
{
    [Fact]
    public void Everything_holds_in_the_worlds_of_fifty_seeds()
    {
        var result = SeedRange.Run(first: 1_000_000, count: 50, threads: 2);

        Assert.Empty(result.Failures);
        Assert.True(result.Counts.Crashes > 15, $"{result}");
        Assert.True(result.Counts.Confirmed > 5 && result.Counts.Cancelled > 5, $"{result}");
        Assert.True(result.Counts is { CancelledOnRequest: > 5, SoldOut: > 1, Accepted: > 1 }, $"{result}");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(77)]
    [InlineData(4242)]
    public void A_seed_has_one_trace(ulong seed)
    {
        Trace first = new(), second = new();

        SeedRun.Run(seed, first);
        SeedRun.Run(seed, second);

        Assert.NotEmpty(first.Lines);
        Assert.Equal(first.Lines, second.Lines);
    }

    [Fact]
    public void A_world_is_the_same_whether_it_is_traced_or_not()
    {
        var traced = SeedRun.Run(11, new Trace());
        var untraced = SeedRun.Run(11);

        Assert.Equal((traced.Steps, traced.Commits, traced.Calls), (untraced.Steps, untraced.Commits, untraced.Calls));
    }
}
