using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Instances that are created with their first turn, whole or not at all.</summary>
public abstract partial class OrchestrationStoreContract
{
    [Fact]
    public async Task An_instance_that_is_created_with_its_first_turn_is_as_it_is_after_it()
    {
        await StartAsync("other", OrchestrationStatus.Running);
        InstanceRow row = Row("trip") with
        {
            Version = "1.2",
            Status = OrchestrationStatus.Running,
            Input = "1",
            CustomStatus = "2",
            Tags = """{"a":"b"}""",
        };
        NewInstance child = New("child");
        InstanceMessage[] messages = [Message("other", "a"), Message("child", "b"), Message("trip", "c"), Message("nobody", "d")];

        StartResult result = await Store.StartAsync(
            Turn(row, 1) with { Activities = [Activity(row, 90)], Timers = [Timer(row, 3)], Children = [child], Messages = messages }, []);

        Assert.Null(result.Taken);
        Assert.Empty(result.Turn!.RefusedChildren);
        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(row, stored.Row);
        Assert.Equal(["[1]"], stored.History);
        Assert.Equal(1, stored.LastTurn);
        Assert.Equal([messages[2]], stored.Inbox);
        Assert.Equal([messages[0]], (await LoadAsync("other")).Inbox);
        Assert.Equal([child.Start, messages[1]], (await LoadAsync("child")).Inbox);
        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Equal([Activity(row, 90)], work.Activities);
        Assert.Equal([Timer(row, 3)], work.Timers);
        Assert.Equal((lastKey, 90), (work.LastInstanceKey, work.LastMessageId));

        await CommitAsync(row with { CustomStatus = "3" }, 2);
        Assert.Equal(("3", 2), ((await LoadAsync("trip")).Row.CustomStatus, (await LoadAsync("trip")).LastTurn));
    }

    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    public async Task An_instance_can_end_in_the_turn_that_it_is_created_with(OrchestrationStatus status)
    {
        InstanceRow row = Row("trip") with { Status = status, CompletedAt = Now, Output = "1", CustomStatus = "2", Failure = "{}" };

        await Store.StartAsync(Turn(row, 1) with { Timers = [Timer(row, 3)], Messages = [Message("trip", "never")] }, []);

        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(row, stored.Row);
        Assert.Equal(["[1]"], stored.History);
        Assert.Empty(stored.Inbox);
        Assert.Empty((await Store.ReadOpenWorkAsync(default)).Timers);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Pending)]
    [InlineData(OrchestrationStatus.Running)]
    [InlineData(OrchestrationStatus.Completed)]
    public async Task Nothing_of_a_first_turn_is_left_if_the_id_is_taken(OrchestrationStatus status)
    {
        await StartAsync("other", OrchestrationStatus.Running);
        InstanceRow older = await StartAsync("trip", status);
        StoredInstance before = await LoadAsync("trip");
        InstanceRow row = Row("trip");

        StartResult result = await Store.StartAsync(
            Turn(row, 1) with
            {
                Activities = [Activity(row, 90)],
                Timers = [Timer(row, 3)],
                Children = [New("child") with { IfTaken = Message("trip", "taken") }],
                Messages = [Message("other", "never")],
            },
            [OrchestrationStatus.Failed]);

        Assert.Equal((status, null), (result.Taken, result.Turn));
        StoredInstance after = await LoadAsync("trip");
        Assert.Equal(older, after.Row);
        Assert.Equal((before.LastTurn, before.Inbox.Count), (after.LastTurn, after.Inbox.Count));
        Assert.Null(await ReadAsync("child"));
        Assert.Empty((await LoadAsync("other")).Inbox);
        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Empty(work.Activities);
        Assert.Empty(work.Timers);
    }

    [Fact]
    public async Task An_instance_that_has_ended_gives_way_to_one_with_its_first_turn()
    {
        InstanceRow older = await StartAsync("trip", OrchestrationStatus.Completed, turn => turn with { Activities = [Activity(turn.Row, 1)] });
        await StartAsync("child", OrchestrationStatus.Running);
        InstanceRow row = Row("trip") with { Status = OrchestrationStatus.Running };
        InstanceMessage notice = Message("trip", "taken");
        NewInstance child = New("child");

        StartResult result = await Store.StartAsync(
            Turn(row, 1) with { Children = [child with { IfTaken = notice }] }, [OrchestrationStatus.Completed]);

        Assert.Null(result.Taken);
        Assert.Equal([child.Row.Key], result.Turn!.RefusedChildren);
        StoredInstance stored = await LoadAsync("trip");
        Assert.NotEqual(older.Key, stored.Row.Key);
        Assert.Equal(["[1]"], stored.History);
        Assert.Equal([notice], stored.Inbox);
        Assert.Empty((await Store.ReadOpenWorkAsync(default)).Activities);
    }

    [Fact]
    public async Task Of_a_first_turn_that_fails_nothing_is_left_not_even_the_instance()
    {
        InstanceRow other = await StartAsync("other", OrchestrationStatus.Running);
        InstanceRow row = Row("trip");

        Task[] writes =
        [
            CommitAsync(other, 2),
            Store.StartAsync(Turn(row, 1) with { Children = [New("child") with { Row = Row("child") with { Key = other.Key } }] }, []),
            CommitAsync(other, 3),
        ];

        await Assert.ThrowsAnyAsync<Exception>(() => writes[1]);
        await writes[0];
        await writes[2];
        Assert.Null(await ReadAsync("trip"));
        Assert.Null(await ReadAsync("child"));
        Assert.Equal(["[1]", "[2]", "[3]"], (await LoadAsync("other")).History);
    }
}
