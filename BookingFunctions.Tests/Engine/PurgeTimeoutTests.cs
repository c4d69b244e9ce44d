using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class PurgeTimeoutTests
{
    [Fact]
    public async Task A_purge_that_runs_out_of_time_says_so_and_another_goes_on_with_it()
    {
        // More than one batch of the purge.
        const int Instances = 600;
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Quick", _ => "done"));
        await Task.WhenAll(Enumerable.Range(0, Instances).Select(i => engine.RunAsync("Quick", id: $"quick-{i}")));

        var first = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.Zero });
        var rest = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.FromHours(1) });

        Assert.False(first.IsComplete);
        Assert.NotEqual(0, first.PurgedInstanceCount);
        Assert.True(rest.IsComplete);
        Assert.Equal(Instances, first.PurgedInstanceCount + rest.PurgedInstanceCount);
    }
}
