using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class DetachedActivityTests
{
    [Fact]
    public async Task An_activity_of_a_former_execution_runs_also_after_a_crash_and_its_outcome_is_dropped()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0, "Old", "1").ContinueAsNew("a-2").Schedule(0, "New", "2").CommittedAsync();
        await hub.CrashAsync();

        var items = new[] { (await hub.TryActivityAsync())!, (await hub.TryActivityAsync())! };
        Assert.Equal([("New", "a-2", "2"), ("Old", "a-1", "1")], items.Select(item => (
            ((TaskScheduledEvent)item.TaskMessage.Event).Name!,
            item.TaskMessage.OrchestrationInstance.ExecutionId,
            ((TaskScheduledEvent)item.TaskMessage.Event).Input!)).Order());
        await hub.CompleteAsync(items.Single(item => item.TaskMessage.OrchestrationInstance.ExecutionId == "a-1"));
        hub.Commit();
        Assert.Null(await hub.TryTurnAsync());
        await hub.CrashAsync();

        Assert.Equal("New", ((TaskScheduledEvent)(await hub.TryActivityAsync())!.TaskMessage.Event).Name);
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task An_activity_that_runs_while_its_instance_continues_as_new_does_not_run_again_once_it_has_run()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        var running = (await hub.TryActivityAsync())!;
        await hub.RaiseAsync("a", "go");
        await (await hub.TurnAsync()).ContinueAsNew("a-2").CommittedAsync();
        await hub.CompleteAsync(running);
        hub.Commit();
        await hub.CrashAsync();

        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task An_activity_that_ends_while_its_instance_continues_as_new_leaves_no_row()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        var running = (await hub.TryActivityAsync())!;
        await hub.RaiseAsync("a", "go");
        var complete = (await hub.TurnAsync()).ContinueAsNew("a-2").Complete();
        await hub.CompleteAsync(running);
        await hub.CommittedAsync(complete);
        hub.Commit();
        await hub.CrashAsync();

        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task Open_activities_of_a_terminated_instance_still_run()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        await hub.CommittedAsync(hub.Service.ForceTerminateTaskOrchestrationAsync("a", "stop"));
        await (await hub.TurnAsync()).End("stop", OrchestrationStatus.Terminated).CommittedAsync();
        await hub.CrashAsync();

        await hub.RunActivityAsync();
        hub.Commit();
        await hub.CrashAsync();
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task Timers_of_a_former_execution_do_not_fire()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(1)).CommittedAsync();
        await hub.RaiseAsync("a", "go");
        await (await hub.TurnAsync()).ContinueAsNew("a-2").Timer(5, hub.Now.AddMinutes(2)).CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await hub.TryTurnAsync());
        await hub.CrashAsync();

        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(5, Assert.IsType<TimerFiredEvent>((await hub.TurnAsync()).Taken.Single()).TimerId);
    }
}
