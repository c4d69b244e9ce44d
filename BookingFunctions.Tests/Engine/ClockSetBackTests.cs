using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Engine;

public class ClockSetBackTests
{
    [Fact]
    public async Task An_instance_whose_start_was_due_when_the_clock_was_set_back_starts_when_it_is_due_again()
    {
        var clock = new FakeTimeProvider();
        var store = new UnreliableStore();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Later", _ => Task.FromResult("done")), store, clock: clock);
        var begin = clock.GetUtcNow();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions("l", begin.AddSeconds(10)));
        var isSetBack = new TaskCompletionSource();
        store.Loading = () =>
        {
            store.Loading = null;
            clock.AdjustTime(begin.AddHours(-1));
            isSetBack.SetResult();
        };
        clock.Advance(TimeSpan.FromSeconds(10));
        await isSetBack.Task;

        await TestEngine.UntilAsync(async () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return (await engine.Client.GetInstanceAsync("l"))!.RuntimeStatus == OrchestrationRuntimeStatus.Completed;
        });
        Assert.True(clock.GetUtcNow() >= begin.AddSeconds(10));
    }

    [Fact]
    public async Task A_timer_that_comes_due_because_the_clock_is_set_forward_or_the_machine_slept_fires_within_a_minute()
    {
        var clock = new FakeTimeProvider();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Sleeps", context => context.CreateTimer(TimeSpan.FromHours(10), CancellationToken.None)), clock: clock);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", new StartOrchestrationOptions("s"));
        await engine.Client.WaitForInstanceStartAsync("s");
        await TestEngine.UntilAsync(async () => (await engine.Store.ReadOpenWorkAsync(default)).Timers.Count == 1);

        clock.AdjustTime(clock.GetUtcNow().AddHours(11));
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.WaitAsync("s")).RuntimeStatus);
    }
}
