using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What a turn changes, whole or not at all.</summary>
public abstract partial class OrchestrationStoreContract
{
    [Fact]
    public async Task A_turn_writes_the_row_but_not_what_was_fixed_when_it_was_created()
    {
        InstanceRow row = Row("trip") with { Tags = "{}", ParentInstanceId = "parent", Input = "1", Version = "1" };
        await Store.CreateAsync(new NewInstance(row, Message("trip", "start")), []);
        InstanceRow changed = row with
        {
            ExecutionId = "another",
            Version = "2",
            Status = OrchestrationStatus.Failed,
            CreatedAt = Now.AddHours(1),
            UpdatedAt = Now.AddHours(2),
            CompletedAt = Now.AddHours(3),
            Input = "2",
            Output = "why",
            CustomStatus = "3",
            Failure = "{}",
        };

        await CommitAsync(changed with { Name = "Other", Tags = null, ParentInstanceId = null });

        Assert.Equal(changed, await ReadAsync("trip"));
    }

    [Fact]
    public async Task History_is_kept_turn_by_turn()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        InstanceRow other = await StartAsync("other");
        await CommitAsync(row, 2);
        await CommitAsync(other, 1);
        await CommitAsync(row, 7);
        await CommitAsync(row, 10);

        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(["[1]", "[2]", "[7]", "[10]"], stored.History);
        Assert.Equal(10, stored.LastTurn);
    }

    [Fact]
    public async Task A_turn_removes_the_messages_it_consumed_and_no_others()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        InstanceMessage[] messages = [Message("trip", "a"), Message("trip", "b"), Message("trip", "c")];
        foreach (InstanceMessage message in messages)
        {
            await Store.PostAsync(message);
        }

        await Store.CommitAsync(Turn(row, 2) with { ConsumedMessages = [messages[0].Id, messages[2].Id, 999_999] });

        Assert.Equal([messages[1]], (await LoadAsync("trip")).Inbox);
    }

    [Fact]
    public async Task A_turn_schedules_activities_and_timers_and_removes_those_that_are_done()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [Activity(turn.Row, 1), Activity(turn.Row, 2)],
            Timers = [Timer(turn.Row, 3), Timer(turn.Row, 4)],
        });

        await Store.CommitAsync(Turn(row, 2) with
        {
            FinishedActivities = [1, 99],
            FinishedTimers = [4, 99],
            Activities = [Activity(row, 5)],
            Timers = [Timer(row, 6)],
        });

        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Equal([Activity(row, 2), Activity(row, 5)], work.Activities);
        Assert.Equal([Timer(row, 3), Timer(row, 6)], work.Timers);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    [InlineData(OrchestrationStatus.Canceled)]
    public async Task An_instance_that_ends_loses_its_timers_and_inbox_but_its_activities_stay_scheduled(OrchestrationStatus status)
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [Activity(turn.Row, 1), Activity(turn.Row, 2)],
            Timers = [Timer(turn.Row, 3)],
        });
        await Store.PostAsync(Message("trip", "unconsumed"));

        await Store.CommitAsync(Turn(row with { Status = status }, 2) with { FinishedActivities = [2], Timers = [Timer(row, 4)] });

        StoredInstance stored = await LoadAsync("trip");
        Assert.Empty(stored.Inbox);
        Assert.Equal(["[1]", "[2]"], stored.History);
        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Empty(work.Timers);
        Assert.Empty(work.InstancesWithMessages);
        Assert.Equal([Activity(row, 1)], work.Activities);
    }

    [Fact]
    public async Task An_activity_that_no_turn_will_consume_is_removed()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Completed, turn => turn with
        {
            Activities = [Activity(turn.Row, 1), Activity(turn.Row, 2)],
        });

        await Store.RemoveActivityAsync(row.Key, 1);
        await Store.RemoveActivityAsync(row.Key, 99);
        await Store.RemoveActivityAsync(999, 1);

        Assert.Equal([Activity(row, 2)], (await Store.ReadOpenWorkAsync(default)).Activities);
    }

    [Fact]
    public async Task Continuing_as_new_drops_history_and_timers_but_keeps_the_inbox_and_the_activities()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [Activity(turn.Row, 1)],
            Timers = [Timer(turn.Row, 2)],
        });
        InstanceMessage unconsumed = Message("trip", "unconsumed");
        await Store.PostAsync(unconsumed);

        await Store.CommitAsync(Turn(row with { ExecutionId = "next", Input = "2" }, 2) with
        {
            DropsHistory = true,
            Activities = [Activity(row, 4)],
            Timers = [Timer(row with { ExecutionId = "next" }, 3)],
        });

        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(["[2]"], stored.History);
        Assert.Equal(2, stored.LastTurn);
        Assert.Equal(("next", "2"), (stored.Row.ExecutionId, stored.Row.Input));
        Assert.Equal([unconsumed], stored.Inbox);
        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Equal([Activity(row, 1), Activity(row, 4)], work.Activities);
        Assert.Equal([Timer(stored.Row, 3)], work.Timers);
    }

    [Fact]
    public async Task Messages_of_a_turn_reach_other_instances_and_its_own_but_none_that_ended_or_are_unknown()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        await StartAsync("other", OrchestrationStatus.Running);
        await StartAsync("ended", OrchestrationStatus.Completed);
        InstanceMessage[] messages = [Message("trip", "a") with { VisibleAt = Now }, Message("other", "b"), Message("ended", "c"), Message("unknown", "d")];

        await Store.CommitAsync(Turn(row, 2) with { Messages = messages });

        Assert.Equal([messages[0]], (await LoadAsync("trip")).Inbox);
        Assert.Equal([messages[1]], (await LoadAsync("other")).Inbox);
        Assert.Empty((await LoadAsync("ended")).Inbox);
        Assert.Equal(lastMessageId, (await LoadAsync("trip")).LastMessageId);
    }

    [Fact]
    public async Task A_turn_that_ends_its_instance_sends_its_messages_but_none_to_itself()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        await StartAsync("parent", OrchestrationStatus.Running);

        await Store.CommitAsync(Turn(row with { Status = OrchestrationStatus.Completed }, 2) with
        {
            Messages = [Message("parent", "done"), Message("trip", "late")],
        });

        Assert.Equal(["done"], (await LoadAsync("parent")).Inbox.Select(message => message.Event));
        Assert.Empty((await LoadAsync("trip")).Inbox);
    }

    [Fact]
    public async Task A_turn_starts_children_and_its_messages_reach_them()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        NewInstance child = New("child");
        InstanceMessage hello = Message("child", "hello");

        TurnResult result = await Store.CommitAsync(Turn(row, 2) with { Messages = [hello], Children = [child] });

        Assert.Empty(result.RefusedChildren);
        StoredInstance stored = await LoadAsync("child");
        Assert.Equal(child.Row, stored.Row);
        Assert.Equal([child.Start, hello], stored.Inbox);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Pending)]
    [InlineData(OrchestrationStatus.Running)]
    [InlineData(OrchestrationStatus.Suspended)]
    public async Task A_child_whose_id_is_taken_is_refused_and_its_parent_told(OrchestrationStatus status)
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        InstanceRow older = await StartAsync("child", status);
        NewInstance refused = New("child") with { IfTaken = Message("trip", "refused") };
        NewInstance started = New("sister") with { IfTaken = Message("trip", "not this one") };

        NewInstance own = New("trip");
        NewInstance twice = New("sister");
        TurnResult result = await Store.CommitAsync(Turn(row, 2) with { Children = [refused, started, own, twice] });

        Assert.Equal([refused.Row.Key, own.Row.Key, twice.Row.Key], result.RefusedChildren);
        Assert.Equal(older.Key, (await ReadAsync("child"))?.Key);
        Assert.Equal(started.Row, await ReadAsync("sister"));
        Assert.Equal(["refused"], (await LoadAsync("trip")).Inbox.Select(message => message.Event));
        Assert.Equal(lastMessageId, (await LoadAsync("trip")).LastMessageId);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    [InlineData(OrchestrationStatus.Canceled)]
    public async Task An_instance_that_has_ended_gives_way_to_a_child_with_its_id(OrchestrationStatus status)
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running);
        await StartAsync("child", status);
        NewInstance child = New("child") with { IfTaken = Message("trip", "refused") };

        TurnResult result = await Store.CommitAsync(Turn(row, 2) with { Children = [child] });

        Assert.Empty(result.RefusedChildren);
        StoredInstance stored = await LoadAsync("child");
        Assert.Equal(child.Row, stored.Row);
        Assert.Empty(stored.History);
        Assert.Empty((await LoadAsync("trip")).Inbox);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_of_an_instance_that_was_purged_or_replaced_changes_nothing(bool replaced)
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Completed);
        await StartAsync("other", OrchestrationStatus.Running);
        await Store.PurgeAsync(["trip"]);
        NewInstance newer = New("trip");
        if (replaced)
        {
            await Store.CreateAsync(newer, []);
        }

        InstanceGoneException exception = await Assert.ThrowsAsync<InstanceGoneException>(() => Store.CommitAsync(Turn(row, 2) with
        {
            Activities = [Activity(row, 1)],
            Messages = [Message("other", "late")],
            Children = [New("child")],
        }));

        Assert.Contains("'trip'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(replaced ? newer.Row : null, await ReadAsync("trip"));
        Assert.Empty((await LoadAsync("other")).Inbox);
        Assert.Null(await ReadAsync("child"));
        Assert.Empty((await Store.ReadOpenWorkAsync(default)).Activities);
    }

    [Fact]
    public async Task A_turn_that_fails_leaves_nothing_behind_and_others_go_on()
    {
        InstanceRow row = await StartAsync("trip", OrchestrationStatus.Running, turn => turn with { Timers = [Timer(turn.Row, 1)] });
        InstanceRow other = await StartAsync("other", OrchestrationStatus.Running);
        InstanceMessage message = Message("trip", "hello");
        await Store.PostAsync(message);
        TurnCommit sameNumberAgain = Turn(row with { Status = OrchestrationStatus.Completed, Output = "\"never\"" }, 1) with
        {
            ConsumedMessages = [message.Id],
            FinishedTimers = [1],
            Messages = [Message("other", "never")],
            Children = [New("never")],
        };

        Task[] writes = [CommitAsync(other, 2), Store.CommitAsync(sameNumberAgain), CommitAsync(other, 3)];

        await Assert.ThrowsAnyAsync<Exception>(() => writes[1]);
        await writes[0];
        await writes[2];
        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(row, stored.Row);
        Assert.Equal(["[1]"], stored.History);
        Assert.Equal([message], stored.Inbox);
        Assert.Single((await Store.ReadOpenWorkAsync(default)).Timers);
        Assert.Null(await ReadAsync("never"));
        StoredInstance unharmed = await LoadAsync("other");
        Assert.Equal(["[1]", "[2]", "[3]"], unharmed.History);
        Assert.Empty(unharmed.Inbox);
    }
}
