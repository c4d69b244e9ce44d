using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>What a host that stops still does, so that nothing is done again.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task An_activity_that_runs_when_the_host_stops_ends_and_its_turn_is_kept_but_nothing_new_begins()
    {
        CountedFunctions.Close();
        await using var host = await TestHost.StartAsync(typeof(CountedFunctions));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("TwoSteps", null, new StartOrchestrationOptions("drained"));
        await CountedFunctions.ArrivedAsync();
        var client = host.Client;
        var stopping = host.App.StopAsync();

        CountedFunctions.Open();
        await stopping.WaitAsync(TestHost.Patience);

        var history = await client.GetOrchestrationHistoryAsync("drained");
        Assert.Single(history.OfType<TaskCompletedEvent>());
        Assert.Equal(["FirstStep", "SecondStep"], history.OfType<TaskScheduledEvent>().Select(scheduled => scheduled.Name));
        Assert.Equal((1, 0), (CountedFunctions.Runs("FirstStep", "drained"), CountedFunctions.Runs("SecondStep", "drained")));
        await using var next = await host.RestartAsync("{}");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await next.WaitAsync("drained")).RuntimeStatus);
        Assert.Equal((1, 1), (CountedFunctions.Runs("FirstStep", "drained"), CountedFunctions.Runs("SecondStep", "drained")));
    }

    [Fact]
    public async Task An_activity_that_the_stop_cancels_does_not_fail_and_runs_again_after_the_next_start()
    {
        await using var host = await TestHost.StartAsync(typeof(CountedFunctions));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("WaitsOnce", null, new StartOrchestrationOptions("cancelled"));
        await CountedFunctions.ArrivedAsync();

        await using var next = await host.RestartAsync("{}");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await next.WaitAsync("cancelled")).RuntimeStatus);
        Assert.Equal(2, CountedFunctions.Runs("WaitOnce", "cancelled"));
        var history = await next.Client.GetOrchestrationHistoryAsync("cancelled");
        Assert.Empty(history.OfType<TaskFailedEvent>());
    }
}
