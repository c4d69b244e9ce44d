using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;
using Newtonsoft.Json;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class ReloadTests
{
    [Fact]
    public async Task A_start_that_has_not_run_is_there_after_a_crash()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a", "\"in\"");
        await hub.CrashAsync();

        var start = Assert.IsType<ExecutionStartedEvent>((await hub.TurnAsync()).Taken.Single());
        Assert.Equal(("Test", "1", "\"in\"", "value", "a-1"), (
            start.Name, start.Version, start.Input, start.Tags["tag"], start.OrchestrationInstance.ExecutionId));
    }

    [Fact]
    public async Task A_scheduled_start_waits_for_its_time_after_a_crash_and_so_do_the_events_that_it_was_sent()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a", startAt: hub.Now.AddHours(2));
        await hub.RaiseAsync("a", "one");
        await hub.RaiseAsync("a", "two");
        Assert.Null(await hub.TryTurnAsync());
        await hub.CrashAsync();

        Assert.Null(await hub.TryTurnAsync());
        hub.Clock.Advance(TimeSpan.FromHours(2));
        var taken = (await hub.TurnAsync()).Taken;
        Assert.IsType<ExecutionStartedEvent>(taken[0]);
        Assert.Equal(["one", "two"], taken.Skip(1).Cast<EventRaisedEvent>().Select(raised => raised.Name));
    }

    [Fact]
    public async Task Open_activities_run_after_a_crash_with_their_inputs_and_those_that_have_run_do_not()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0, "A", "1").Schedule(1, "B", "2").Schedule(2, "C", "3").CommittedAsync();
        await hub.RunActivityAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.CrashAsync();

        var left = new[] { (await hub.TryActivityAsync())!, (await hub.TryActivityAsync())! };
        Assert.Equal(
            [("B", "2"), ("C", "3")],
            left.Select(item => (TaskScheduledEvent)item.TaskMessage.Event).Select(scheduled => (scheduled.Name, scheduled.Input)));
        Assert.Equal("value", left[0].TaskMessage.OrchestrationExecutionContext.OrchestrationTags["tag"]);
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task Timers_fire_after_a_crash_each_once()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(1)).Timer(1, hub.Now.AddMinutes(2)).CommittedAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.CrashAsync();

        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Assert.IsType<TimerFiredEvent>((await hub.TurnAsync()).Taken.Single()).TimerId);
    }

    [Fact]
    public async Task A_timer_that_was_due_while_nothing_ran_fires_at_once()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(1)).CommittedAsync();
        hub.Clock.AdjustTime(hub.Clock.GetUtcNow().AddDays(1));
        await hub.CrashAsync();

        hub.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<TimerFiredEvent>((await hub.TurnAsync()).Taken.Single());
    }

    [Fact]
    public async Task A_suspended_instance_is_suspended_after_a_crash()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.CommittedAsync(hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "a" },
            Event = new ExecutionSuspendedEvent(-1, "pause"),
        }));
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.CrashAsync();

        Assert.Equal(OrchestrationStatus.Suspended, (await hub.StateAsync("a")).OrchestrationStatus);
        await hub.RaiseAsync("a", "go");
        Assert.Equal(OrchestrationStatus.Suspended, (await hub.TurnAsync()).State.OrchestrationStatus);
    }

    [Fact]
    public async Task A_child_ends_after_a_crash_and_its_parent_goes_on()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Child(0, "kid").CommittedAsync();
        await hub.CrashAsync();
        await (await hub.TurnAsync()).End("\"from kid\"").CommittedAsync();
        await hub.CrashAsync();

        var parent = await hub.TurnAsync();
        Assert.Equal("\"from kid\"", Assert.IsType<SubOrchestrationInstanceCompletedEvent>(parent.Taken.Single()).Result);
    }

    [Fact]
    public async Task Messages_are_delivered_in_their_order_after_a_crash_and_each_once()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "0");
        await (await hub.TurnAsync()).CommittedAsync();
        for (var i = 1; i < 6; i++)
        {
            await hub.RaiseAsync("a", $"{i}");
        }

        await hub.CrashAsync();
        Assert.Equal(["1", "2", "3", "4", "5"], (await hub.TurnAsync()).Taken.Cast<EventRaisedEvent>().Select(raised => raised.Name));
    }

    [Fact]
    public async Task What_is_read_after_a_crash_is_what_was_in_memory()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var first = (await hub.TurnAsync()).Status("\"one\"").Schedule(0).Schedule(1).Timer(2, hub.Now.AddSeconds(1)).Child(3, "kid").Send(
            4, "a", "self");
        await first.CommittedAsync();
        await hub.RunActivityAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await RunAsync(hub, "kid", turn => turn.End("\"kid\"", OrchestrationStatus.Failed));
        await RunAsync(hub, "a", turn => turn.Status("\"two\""));
        await hub.RaiseAsync("a", "last", "{}");
        var live = await hub.TurnAsync();
        var before = Describe(live.Item);
        await hub.CrashAsync();

        // What was in memory only is not taken again, so the same message is.
        var reloaded = await hub.TurnAsync();
        Assert.Equal(before, Describe(reloaded.Item));
        Assert.Equal("\"two\"", reloaded.State.Status);
        Assert.Equal("last", Assert.IsType<EventRaisedEvent>(reloaded.Taken.Single()).Name);
    }

    [Fact]
    public async Task The_trace_of_a_start_is_there_after_a_crash()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var turn = await hub.TurnAsync();
        turn.State.ExecutionStartedEvent!.ParentTraceContext = new DistributedTraceContext(
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "state")
        {
            Id = "id",
            SpanId = "span",
            ActivityStartTime = hub.Clock.GetUtcNow(),
        };
        await turn.CommittedAsync();
        await hub.RaiseAsync("a", "go");
        await hub.CrashAsync();

        var trace = (await hub.TurnAsync()).State.ExecutionStartedEvent!.ParentTraceContext;
        Assert.Equal(
            ("state", "id", "span", hub.Clock.GetUtcNow()), (trace.TraceState, trace.Id, trace.SpanId, trace.ActivityStartTime!.Value));
    }

    // All turns that there are, which must be of this instance.
    private static async Task RunAsync(DrivenHub hub, string id, Func<HandTurn, HandTurn> run)
    {
        while (await hub.TryTurnAsync() is { } turn)
        {
            await (turn.InstanceId == id ? run(turn) : turn).CommittedAsync();
            if (turn.InstanceId == id)
            {
                return;
            }
        }

        Assert.Fail($"'{id}' has no turn.");
    }

    private static string Describe(TaskOrchestrationWorkItem item)
    {
        var state = item.OrchestrationRuntimeState;
        foreach (var scheduled in state.Events.OfType<TaskScheduledEvent>())
        {
            // In memory it is the framework's own event, without the input. No tags are stored as none.
            scheduled.Input = null;
            scheduled.Tags = scheduled.Tags is { Count: > 0 } tags ? tags : null;
        }

        return JsonConvert.SerializeObject(
            new { state.Status, state.OrchestrationStatus, state.OrchestrationInstance, Events = state.Events.Except(state.NewEvents) });
    }
}
