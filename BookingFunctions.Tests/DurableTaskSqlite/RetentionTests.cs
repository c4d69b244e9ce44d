namespace BookingFunctions.Tests.DurableTaskSqlite;

public class RetentionTests
{
    [Fact]
    public async Task Instances_are_removed_some_time_after_their_end_and_others_stay()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.Retention = TimeSpan.FromDays(1));
        await hub.StartInstanceAsync("old");
        await (await hub.TurnAsync()).End().CommittedAsync();
        await hub.StartInstanceAsync("open");
        await (await hub.TurnAsync()).CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromHours(23));
        await hub.StartInstanceAsync("young");
        await (await hub.TurnAsync()).End().CommittedAsync();
        Assert.NotNull(await hub.StateAsync("old"));

        hub.Clock.Advance(TimeSpan.FromHours(2));
        hub.Commit();
        Assert.Null(await hub.StateAsync("old"));
        Assert.NotNull(await hub.StateAsync("open"));
        Assert.NotNull(await hub.StateAsync("young"));
    }

    [Fact]
    public async Task A_child_is_kept_as_long_as_its_parent()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.Retention = TimeSpan.FromDays(1));
        await hub.StartInstanceAsync("parent");
        await (await hub.TurnAsync()).Child(0, "kid").CommittedAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromDays(2));
        hub.Commit();
        Assert.NotNull(await hub.StateAsync("kid"));

        await hub.RaiseAsync("parent", "go");
        await (await hub.TurnAsync()).End().CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromDays(2));
        hub.Commit();
        Assert.Null(await hub.StateAsync("parent"));
        Assert.Null(await hub.StateAsync("kid"));
    }

    [Fact]
    public async Task Without_a_retention_nothing_is_removed()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromDays(4000));
        hub.Commit();

        Assert.NotNull(await hub.StateAsync("a"));
    }
}
