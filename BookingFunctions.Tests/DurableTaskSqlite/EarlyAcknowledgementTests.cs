using DurableTask.Core;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class EarlyAcknowledgementTests
{
    [Fact]
    public async Task An_activity_begins_only_when_what_scheduled_it_is_durable()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).MadeAsync();

        Assert.Null(await hub.TryActivityAsync());
        hub.Commit();
        Assert.NotNull(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task An_activity_is_given_its_input_version_and_tags()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(7, "Pay", "42").CommittedAsync();

        var scheduled = Assert.IsType<DurableTask.Core.History.TaskScheduledEvent>((await hub.TryActivityAsync())!.TaskMessage.Event);
        Assert.Equal(("Pay", "42", 7), (scheduled.Name, scheduled.Input, scheduled.EventId));
    }

    [Fact]
    public async Task A_first_turn_may_run_before_its_start_is_durable()
    {
        await using var hub = await DrivenHub.StartAsync();
        var start = hub.StartInstance("a");
        var commits = hub.Database.Commits;

        var turn = await hub.TurnAsync();
        await turn.Schedule(0).MadeAsync();

        Assert.False(start.IsCompleted);
        await hub.CommittedAsync(start);
        Assert.Equal(commits + 1, hub.Database.Commits);
        Assert.NotNull(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task A_client_sees_an_end_only_when_it_is_durable()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var wait = hub.Service.WaitForOrchestrationAsync("a", "", Timeout.InfiniteTimeSpan, CancellationToken.None);
        await (await hub.TurnAsync()).End().MadeAsync();

        Assert.False(wait.IsCompleted);
        Assert.Equal(OrchestrationStatus.Pending, (await hub.StateAsync("a")).OrchestrationStatus);
        Assert.Equal(OrchestrationStatus.Completed, (await hub.CommittedAsync(wait)).OrchestrationStatus);
    }

    [Fact]
    public async Task An_event_is_taken_by_a_turn_before_it_is_durable_but_its_sender_waits()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        var send = hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = "a" },
            Event = new DurableTask.Core.History.EventRaisedEvent(-1, "1") { Name = "go" },
        });

        Assert.NotNull(await hub.TryTurnAsync());
        Assert.False(send.IsCompleted);
        await hub.CommittedAsync(send);
    }

    [Fact]
    public async Task A_child_and_a_next_turn_run_before_the_commit()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var commits = hub.Database.Commits;
        await (await hub.TurnAsync()).Child(0, "kid").MadeAsync();
        await (await hub.TurnAsync()).End("\"from kid\"").MadeAsync();
        var last = await hub.TurnAsync();

        Assert.Equal("a", last.InstanceId);
        Assert.Equal(
            "\"from kid\"", Assert.IsType<DurableTask.Core.History.SubOrchestrationInstanceCompletedEvent>(last.Taken.Single()).Result);
        await last.End().CommittedAsync();
        Assert.Equal(commits + 1, hub.Database.Commits);
    }

    [Fact]
    public async Task An_activity_that_only_writes_to_the_file_begins_before_the_commit()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.BeginsBeforeCommit = name => name == "Write");
        await hub.StartInstanceAsync();
        var commits = hub.Database.Commits;
        await (await hub.TurnAsync()).Schedule(0, "Write").Schedule(1, "Call").MadeAsync();

        await hub.RunActivityAsync();
        Assert.Null(await hub.TryActivityAsync());
        await (await hub.TurnAsync()).MadeAsync();

        Assert.Equal(commits, hub.Database.Commits);
        hub.Commit();
        Assert.Equal("Call", ((DurableTask.Core.History.TaskScheduledEvent)(await hub.TryActivityAsync())!.TaskMessage.Event).Name);
    }

    [Fact]
    public async Task An_activity_that_has_begun_before_a_lost_commit_is_cancelled_and_its_outcome_dropped()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.BeginsBeforeCommit = _ => true);
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).MadeAsync();
        var activity = await hub.TryActivityAsync();
        var instance = activity!.TaskMessage.OrchestrationInstance;
        var cancellation = hub.Service.GetCancellation(instance, 0);
        Assert.False(cancellation.IsCancellationRequested);
        var isCancelledWhenLost = false;
        hub.Database.TransactionLost += _ => isCancelledWhenLost = cancellation.IsCancellationRequested;

        hub.Lose();

        Assert.True(isCancelledWhenLost);
        Assert.True(hub.Service.GetCancellation(instance, 0).IsCancellationRequested);
        hub.Recover();
        await hub.CompleteAsync(activity);
        var turn = await hub.TurnAsync();
        Assert.IsType<DurableTask.Core.History.ExecutionStartedEvent>(turn.Taken.Single());
    }

    [Fact]
    public async Task An_instance_is_found_though_its_start_is_not_committed_yet()
    {
        await using var hub = await DrivenHub.StartAsync();
        var start = hub.StartInstance("a");
        hub.Make();

        var state = hub.StateAsync("a");
        hub.Commit();

        Assert.Equal(OrchestrationStatus.Pending, (await state).OrchestrationStatus);
        await start;
    }
}
