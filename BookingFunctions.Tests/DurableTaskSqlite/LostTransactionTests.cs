using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class LostTransactionTests
{
    [Fact]
    public async Task A_turn_that_runs_while_the_transaction_is_lost_is_aborted_and_repeated()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var turn = await hub.TurnAsync();
        hub.Lose();

        await Assert.ThrowsAsync<SessionAbortedException>(() => turn.Schedule(0).Complete());
        await turn.AbandonAsync();
        hub.Recover();

        var again = await hub.TurnAsync();
        Assert.IsType<ExecutionStartedEvent>(again.Taken.Single());
        await again.Schedule(0).CommittedAsync();
        Assert.NotNull(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task A_turn_that_was_acknowledged_and_lost_is_repeated_and_its_activity_never_begins()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).MadeAsync();
        hub.Lose();
        hub.Recover();

        Assert.Null(await hub.TryActivityAsync());
        Assert.IsType<ExecutionStartedEvent>((await hub.TurnAsync()).Taken.Single());
    }

    [Fact]
    public async Task A_reload_that_fails_is_repeated()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        hub.Lose();
        var failures = 0;
        hub.Database.Committer.BeforeWrite = () =>
        {
            // The probe is the first; then the reload fails, alone too.
            if (++failures is 2 or 3)
            {
                throw new InvalidOperationException("It can't be read.");
            }
        };
        hub.Recover();
        Assert.Null(await hub.TryTurnAsync());

        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        hub.Commit();

        Assert.NotNull(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task A_turn_whose_write_waits_in_the_queue_is_aborted()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var complete = (await hub.TurnAsync()).Schedule(0).Complete();
        hub.Lose();

        await Assert.ThrowsAsync<SessionAbortedException>(() => complete);
    }

    [Fact]
    public async Task An_open_activity_runs_once_more_and_the_outcome_of_the_former_run_is_ignored()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        var former = (await hub.TryActivityAsync())!;
        hub.Lose();
        hub.Recover();
        await hub.CompleteAsync(former, "\"former\"");

        Assert.Null(await hub.TryTurnAsync());
        await hub.RunActivityAsync("\"later\"");
        Assert.Equal("\"later\"", Assert.IsType<TaskCompletedEvent>((await hub.TurnAsync()).Taken.Single()).Result);
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task An_outcome_that_no_durable_turn_has_consumed_is_lost_and_its_activity_runs_again()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        await hub.RunActivityAsync();
        await (await hub.TurnAsync()).End().MadeAsync();
        hub.Lose();
        hub.Recover();

        Assert.Null(await hub.TryTurnAsync());
        await hub.RunActivityAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();
        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateAsync("a")).OrchestrationStatus);
    }

    [Fact]
    public async Task Nothing_is_dispatched_until_a_write_has_succeeded()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a");
        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        await hub.StartInstanceAsync("b");
        hub.Lose();

        Assert.Null(await hub.TryTurnAsync());
        Assert.Null(await hub.TryActivityAsync());
        hub.Recover();
        Assert.NotNull(await hub.TryTurnAsync());
        Assert.NotNull(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task A_start_that_is_lost_fails_and_leaves_nothing_behind()
    {
        await using var hub = await DrivenHub.StartAsync();
        var start = hub.StartInstance("a");
        var turn = await hub.TurnAsync();
        hub.Lose();
        hub.Recover();

        await Assert.ThrowsAsync<StoreUnavailableException>(() => start);
        await Assert.ThrowsAsync<SessionAbortedException>(() => turn.Complete());
        Assert.Null(await hub.StateAsync("a"));
        Assert.Null(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task Reads_go_on_while_writes_fail()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        hub.Lose();

        Assert.Equal(OrchestrationStatus.Pending, (await hub.StateAsync("a")).OrchestrationStatus);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => hub.RaiseAsync("a", "go"));
    }

    [Fact]
    public async Task A_client_that_waits_over_an_outage_gets_the_end()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var wait = hub.Service.WaitForOrchestrationAsync("a", "", Timeout.InfiniteTimeSpan, CancellationToken.None);
        await (await hub.TurnAsync()).End().MadeAsync();
        hub.Lose();
        hub.Recover();

        Assert.False(wait.IsCompleted);
        await (await hub.TurnAsync()).End().MadeAsync();
        Assert.Equal(OrchestrationStatus.Completed, (await hub.CommittedAsync(wait)).OrchestrationStatus);
    }

    [Fact]
    public async Task Timers_and_events_are_there_again_after_an_outage()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(1)).CommittedAsync();
        await hub.RaiseAsync("a", "go", "1");
        hub.Lose();
        hub.Recover();

        Assert.Equal("go", Assert.IsType<EventRaisedEvent>((await TakeAsync(hub)).Single()).Name);
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, Assert.IsType<TimerFiredEvent>((await TakeAsync(hub)).Single()).TimerId);
    }

    private static async Task<IReadOnlyList<HistoryEvent>> TakeAsync(DrivenHub hub)
    {
        var turn = await hub.TurnAsync();
        await turn.CommittedAsync();
        return turn.Taken;
    }
}
