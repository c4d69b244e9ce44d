using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class OpenInstanceTests
{
    [Fact]
    public async Task A_live_instance_gets_the_same_work_item_with_its_state_again()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var first = await hub.TurnAsync();
        await first.CommittedAsync();
        await hub.RaiseAsync("a", "go");

        var second = await hub.TurnAsync();
        Assert.Same(first.Item, second.Item);
        Assert.Equal(["OrchestratorStarted", "EventRaised"], second.State.NewEvents.Select(item => $"{item.EventType}"));
    }

    [Fact]
    public async Task Instances_that_ran_longest_ago_leave_memory_and_are_read_again()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.MaxLiveInstances = 2);
        List<TaskOrchestrationWorkItem> items = [];
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await hub.StartInstanceAsync(id);
            var turn = await hub.TurnAsync();
            items.Add(turn.Item);
            await turn.Status($"\"{id}\"").CommittedAsync();
        }

        Assert.Equal((4, 2), hub.Service.InstanceCounts);
        foreach (var (id, isLive) in new[] { ("d", true), ("a", false) })
        {
            await hub.RaiseAsync(id, "go");
            var turn = await hub.TurnAsync();
            Assert.Equal(id, turn.InstanceId);
            Assert.Equal(isLive, items.Contains(turn.Item));
            Assert.Equal($"\"{id}\"", turn.State.Status);
            Assert.Equal(3, turn.State.PastEvents.Count + (isLive ? 3 : 0));
            await turn.End().CommittedAsync();
        }

        Assert.Equal(2, hub.Service.InstanceCounts.Open);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(5, true)]
    public async Task An_instance_that_waits_for_a_late_timer_leaves_memory_and_goes_on_when_it_fires(int seconds, bool isLive)
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var first = await hub.TurnAsync();
        await first.Timer(0, hub.Now.AddSeconds(seconds)).CommittedAsync();
        Assert.Equal((1, isLive ? 1 : 0), hub.Service.InstanceCounts);

        hub.Clock.Advance(TimeSpan.FromSeconds(seconds));
        var second = await hub.TurnAsync();

        Assert.Equal(isLive, first.Item == second.Item);
        Assert.Equal("TimerFired", $"{second.Taken.Single().EventType}");
    }

    [Fact]
    public async Task An_instance_that_is_read_again_sees_what_is_not_committed_yet()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.MaxLiveInstances = 0);
        await hub.StartInstanceAsync("b");
        await (await hub.TurnAsync()).MadeAsync();
        _ = hub.StartInstance("a");
        await (await hub.TurnAsync()).Send(0, "b", "hello").MadeAsync();

        var turn = await hub.TurnAsync();
        Assert.Equal(["OrchestratorStarted", "ExecutionStarted", "OrchestratorCompleted"], turn.State.PastEvents.Select(
            item => $"{item.EventType}"));
        Assert.Equal("hello", Assert.IsType<EventRaisedEvent>(turn.Taken.Single()).Name);
    }

    [Fact]
    public async Task Messages_that_come_during_a_turn_wait_for_the_next_one()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var turn = await hub.TurnAsync();
        await hub.RaiseAsync("a", "go");

        Assert.Null(await hub.TryTurnAsync());
        await turn.CommittedAsync();
        Assert.Equal("go", Assert.IsType<EventRaisedEvent>((await hub.TurnAsync()).Taken.Single()).Name);
    }

    [Fact]
    public async Task A_turn_that_is_released_without_being_processed_is_given_again()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var item = (await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.Zero, CancellationToken.None))!;
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(item);

        Assert.IsType<ExecutionStartedEvent>((await hub.TurnAsync()).Taken.Single());
    }

    [Fact]
    public async Task An_abandoned_turn_consumes_nothing_and_is_tried_again_with_a_growing_delay()
    {
        using WarningCounter logs = new();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        await using var hub = await DrivenHub.StartAsync(loggers: loggers);
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).AbandonAsync();
        await hub.RaiseAsync("a", "go");
        await hub.StartInstanceAsync("other");
        await (await hub.TurnAsync()).End().CommittedAsync();
        foreach (var seconds in new[] { 1, 2, 4 })
        {
            hub.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Null(await hub.TryTurnAsync());
            hub.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var again = await hub.TurnAsync();
            Assert.Equal([EventType.ExecutionStarted, EventType.EventRaised], again.Taken.Select(item => item.EventType));
            await again.AbandonAsync();
        }

        Assert.Equal(1, logs.Count);
        hub.Clock.Advance(TimeSpan.FromSeconds(8));
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "next");
        Assert.NotNull(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task A_turn_that_was_abandoned_half_way_begins_anew_from_the_file()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "go");
        await (await hub.TurnAsync()).Schedule(0).AbandonAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));

        var again = await hub.TurnAsync();
        Assert.DoesNotContain(again.State.Events, item => item is TaskScheduledEvent);
        Assert.Single(again.Taken);
    }

    [Fact]
    public async Task A_write_that_fails_by_its_own_fault_fails_its_turn_alone()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("bad");
        var bad = await hub.TurnAsync();
        await hub.StartInstanceAsync("good");
        var good = await hub.TurnAsync();

        // A second instance with the same id, which the table refuses.
        hub.Database.Queue(session =>
        {
            session.RunScript(
                "CREATE TRIGGER refuse BEFORE INSERT ON history WHEN new.instance_key = 1 BEGIN SELECT RAISE(ABORT, 'no'); END");
            return true;
        });
        var failed = bad.End().Complete();
        await good.End().CommittedAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => failed);
        await bad.AbandonAsync();
        await hub.CommittedAsync(hub.Database.WriteAsync(session => session.RunScript("DROP TRIGGER refuse")));
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).End().CommittedAsync();
        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateAsync("bad")).OrchestrationStatus);
        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateAsync("good")).OrchestrationStatus);
    }

    [Fact]
    public async Task A_dropped_turn_writes_only_the_removal_of_what_it_was_given()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "go");
        var item = (await hub.Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.Zero, CancellationToken.None))!;
        await hub.CommittedAsync(
            hub.Service.CompleteTaskOrchestrationWorkItemAsync(item, item.OrchestrationRuntimeState, [], [], [], null!, null!));
        await hub.Service.ReleaseTaskOrchestrationWorkItemAsync(item);

        Assert.Null(await hub.TryTurnAsync());
        Assert.Equal(4 - 1, (await hub.Service.GetHistoryEventsAsync("a", null, CancellationToken.None)).Count);
        await hub.CrashAsync();
        Assert.Null(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task A_turn_of_an_instance_that_was_replaced_meanwhile_is_aborted()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var turn = await hub.TurnAsync();
        OrchestrationInstance instance = new() { InstanceId = "a", ExecutionId = "new" };
        await hub.CommittedAsync(hub.Service.CreateTaskOrchestrationAsync(
            new TaskMessage
            {
                OrchestrationInstance = instance,
                Event = new ExecutionStartedEvent(-1, null) { Name = "Other", OrchestrationInstance = instance },
            },
            dedupeStatuses: []));
        var complete = turn.Schedule(0).Complete();
        hub.Commit();

        await Assert.ThrowsAsync<SessionAbortedException>(() => complete);
        Assert.Equal("Other", (await hub.TurnAsync()).State.Name);
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task An_abandoned_activity_runs_again_after_a_delay_and_others_do_not_wait()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).Schedule(1).CommittedAsync();
        await hub.Service.AbandonTaskActivityWorkItemAsync((await hub.TryActivityAsync())!);

        Assert.Equal(1, (await hub.TryActivityAsync())!.TaskMessage.Event.EventId);
        Assert.Null(await hub.TryActivityAsync());
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, (await hub.TryActivityAsync())!.TaskMessage.Event.EventId);
    }
}
