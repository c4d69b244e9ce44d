using DurableTask.Core.History;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class ClockTests
{
    [Fact]
    public async Task A_timer_waits_for_its_time_when_the_clock_is_set_back()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(5)).CommittedAsync();
        hub.Clock.AdjustTime(hub.Clock.GetUtcNow().AddMinutes(-5));
        hub.Clock.Advance(TimeSpan.FromMinutes(9));

        Assert.Null(await hub.TryTurnAsync());
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<TimerFiredEvent>((await hub.TurnAsync()).Taken.Single());
    }

    [Fact]
    public async Task Messages_keep_their_order_when_the_clock_is_set_back()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "one");
        hub.Clock.AdjustTime(hub.Clock.GetUtcNow().AddHours(-1));
        await hub.RaiseAsync("a", "two");
        await hub.CrashAsync();

        Assert.Equal(["one", "two"], (await hub.TurnAsync()).Taken.Cast<EventRaisedEvent>().Select(raised => raised.Name));
    }

    [Fact]
    public async Task All_times_that_are_stored_are_the_clocks()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).Schedule(0).Timer(1, hub.Now.AddSeconds(1)).CommittedAsync();
        await hub.RunActivityAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).End().CommittedAsync();

        var state = await hub.StateAsync("a");
        var begun = hub.Now.AddSeconds(-2);
        Assert.Equal((begun, hub.Now, hub.Now), (state.CreatedTime, state.CompletedTime, state.LastUpdatedTime));
        Assert.All(
            await hub.Service.GetHistoryEventsAsync("a", null, CancellationToken.None),
            item => Assert.InRange(item.Timestamp, begun, hub.Now));
    }
}
