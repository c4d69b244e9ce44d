using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What every orchestration store does: creating instances, their messages, and what is read of them.</summary>
public abstract partial class OrchestrationStoreContract
{
    private static readonly DateTime Now = new(2026, 3, 4, 5, 6, 7, 890, DateTimeKind.Utc);

    private long lastKey;
    private long lastMessageId;

    /// <summary>The store, empty when a test begins.</summary>
    protected abstract IOrchestrationStore Store { get; }

    [Fact]
    public async Task A_created_instance_can_be_read_and_has_the_message_that_starts_it()
    {
        InstanceRow row = Row("trip") with
        {
            Version = "1.2",
            Input = """{"name":"Zoë 😀"}""",
            Output = "",
            CustomStatus = "null",
            Failure = "{}",
            Tags = """{"a":"b"}""",
            ParentInstanceId = "parent",
        };
        InstanceMessage start = Message("trip", "start");

        Assert.Null(await Store.CreateAsync(new NewInstance(row, start), []));

        Assert.Equal(row, await ReadAsync("trip"));
        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(row, stored.Row);
        Assert.Equal([start], stored.Inbox);
        Assert.Empty(stored.History);
        Assert.Equal(0, stored.LastTurn);
        Assert.Equal(DateTimeKind.Utc, stored.Row.CreatedAt.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0 in the middle \0")]
    [InlineData("ünïcödé 😀 \r\n \"' ; --")]
    [InlineData("=")]
    public async Task Texts_are_kept_as_they_are(string text)
    {
        InstanceRow row = await StartAsync("trip");

        await CommitAsync(row with { Output = text, CustomStatus = text });

        Assert.Equal((text, text), ((await ReadAsync("trip"))?.Output, (await ReadAsync("trip"))?.CustomStatus));
    }

    [Theory]
    [InlineData("\"done\"", "\"done\"")]
    [InlineData("\"done\"", "\"doing\"")]
    [InlineData("\"done\"", null)]
    [InlineData(null, "\"done\"")]
    [InlineData("", "")]
    [InlineData("=", "\"done\"")]
    [InlineData("=", "=")]
    [InlineData("==", null)]
    public async Task An_ended_instance_keeps_its_output_and_its_custom_status(string? output, string? customStatus)
    {
        InstanceRow ended = await StartAsync("trip") with
        {
            Status = OrchestrationStatus.Completed, CompletedAt = Now, Output = output, CustomStatus = customStatus,
        };

        await CommitAsync(ended);

        Assert.Equal((output, customStatus), ((await ReadAsync("trip"))?.Output, (await ReadAsync("trip"))?.CustomStatus));
        InstancePage page = await Store.QueryAsync(new InstanceQuery { WithPayloads = true }, default);
        Assert.Equal((output, customStatus), (Assert.Single(page.Rows).Output, page.Rows[0].CustomStatus));
    }

    [Fact]
    public async Task A_long_text_is_kept_as_it_is()
    {
        InstanceRow row = await StartAsync("trip");
        string text = new('ü', 1_000_000);

        await CommitAsync(row with { Output = text });

        Assert.Equal(text, (await ReadAsync("trip"))?.Output);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Pending)]
    [InlineData(OrchestrationStatus.Running)]
    [InlineData(OrchestrationStatus.Suspended)]
    [InlineData(OrchestrationStatus.Completed)]
    public async Task An_instance_is_not_created_if_its_id_is_taken(OrchestrationStatus status)
    {
        InstanceRow older = await StartAsync("trip", status);

        Assert.Equal(status, await Store.CreateAsync(New("trip"), [OrchestrationStatus.Failed]));

        Assert.Equal(older.Key, (await ReadAsync("trip"))?.Key);
        Assert.DoesNotContain((await LoadAsync("trip")).Inbox, message => message.Event == "start again");
    }

    [Fact]
    public async Task An_instance_that_has_not_ended_never_gives_way()
    {
        await StartAsync("trip", OrchestrationStatus.Running);

        Assert.Equal(OrchestrationStatus.Running, await Store.CreateAsync(New("trip"), Enum.GetValues<OrchestrationStatus>()));
    }

    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    [InlineData(OrchestrationStatus.Canceled)]
    public async Task An_instance_that_has_ended_gives_way_with_everything_it_had(OrchestrationStatus status)
    {
        InstanceRow older = await StartAsync("trip", status, turn => turn with { Activities = [Activity(turn.Row, 1)] });
        NewInstance newer = New("trip");

        Assert.Null(await Store.CreateAsync(newer, [OrchestrationStatus.Running, status]));

        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal(newer.Row, stored.Row);
        Assert.NotEqual(older.Key, stored.Row.Key);
        Assert.Empty(stored.History);
        Assert.Equal([newer.Start], stored.Inbox);
        Assert.Empty((await Store.ReadOpenWorkAsync(default)).Activities);
    }

    [Fact]
    public async Task A_new_instance_with_the_id_of_a_purged_one_gets_nothing_of_it()
    {
        await StartAsync("trip", OrchestrationStatus.Completed, turn => turn with { Activities = [Activity(turn.Row, 1)] });
        await Store.PurgeAsync(["trip"]);
        NewInstance newer = New("trip");

        Assert.Null(await Store.CreateAsync(newer, []));

        StoredInstance stored = await LoadAsync("trip");
        Assert.Empty(stored.History);
        Assert.Equal([newer.Start], stored.Inbox);
        Assert.Empty((await Store.ReadOpenWorkAsync(default)).Activities);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Pending)]
    [InlineData(OrchestrationStatus.Running)]
    [InlineData(OrchestrationStatus.Suspended)]
    public async Task A_message_to_an_instance_that_has_not_ended_is_kept(OrchestrationStatus status)
    {
        await StartAsync("trip", status);
        InstanceMessage message = Message("trip", "hello") with { VisibleAt = Now.AddTicks(1) };

        Assert.Equal(status, await Store.PostAsync(message));

        Assert.Contains(message, (await LoadAsync("trip")).Inbox);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    [InlineData(OrchestrationStatus.Canceled)]
    public async Task A_message_to_an_instance_that_has_ended_is_dropped(OrchestrationStatus status)
    {
        await StartAsync("trip", status);

        Assert.Equal(status, await Store.PostAsync(Message("trip", "hello")));

        Assert.Empty((await LoadAsync("trip")).Inbox);
    }

    [Fact]
    public async Task A_message_to_an_unknown_instance_is_dropped()
    {
        Assert.Null(await Store.PostAsync(Message("trip", "hello")));

        await Store.CreateAsync(New("trip"), []);
        Assert.Equal(["start again"], (await LoadAsync("trip")).Inbox.Select(message => message.Event));
    }

    [Fact]
    public async Task Messages_are_read_in_the_order_of_their_ids()
    {
        await StartAsync("trip", OrchestrationStatus.Running);
        InstanceMessage[] messages = [.. Enumerable.Range(0, 5).Select(number => Message("trip", $"{number}"))];

        foreach (InstanceMessage message in messages.Reverse())
        {
            await Store.PostAsync(message);
        }

        Assert.Equal(messages, (await LoadAsync("trip")).Inbox);
    }

    [Fact]
    public async Task A_load_tells_the_highest_message_id_given_consumed_or_dropped_or_of_another_instance()
    {
        await StartAsync("trip", OrchestrationStatus.Running);
        Assert.Equal(lastMessageId, (await LoadAsync("trip")).LastMessageId);

        await Store.CreateAsync(New("other"), []);
        Assert.Equal(lastMessageId, (await LoadAsync("trip")).LastMessageId);

        await Store.PostAsync(Message("nobody", "dropped"));
        Assert.Equal(lastMessageId, (await LoadAsync("trip")).LastMessageId);
    }

    [Fact]
    public async Task Nothing_is_read_of_an_unknown_instance()
    {
        await StartAsync("trip");

        Assert.Null(await ReadAsync("Trip"));
        Assert.Null(await Store.LoadAsync("trip ", default));
    }

    [Fact]
    public async Task Writes_take_effect_in_the_order_of_their_calls()
    {
        InstanceRow row = Row("trip");
        List<Task> writes = [Store.CreateAsync(new NewInstance(row, Message("trip", "start")), [])];
        for (int turn = 1; turn <= 200; turn++)
        {
            writes.Add(Store.CommitAsync(Turn(row with { CustomStatus = $"{turn}" }, turn)));
            writes.Add(Store.PostAsync(Message("trip", "hello")));
        }

        await Task.WhenAll(writes);

        StoredInstance stored = await LoadAsync("trip");
        Assert.Equal("200", stored.Row.CustomStatus);
        Assert.Equal(Enumerable.Range(1, 200).Select(turn => $"[{turn}]"), stored.History);
        Assert.Equal(201, stored.Inbox.Count);
    }

    [Fact]
    public async Task Many_callers_can_write_and_read_at_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(number => Task.Run(async () =>
        {
            InstanceRow row = Row($"trip-{number}") with { Key = number };
            await Store.CreateAsync(new NewInstance(row, new InstanceMessage(number, row.InstanceId, "start")), []);
            await Store.CommitAsync(Turn(row with { Status = OrchestrationStatus.Completed }, 1));
            Assert.Equal(OrchestrationStatus.Completed, (await ReadAsync(row.InstanceId))?.Status);
        })));

        Assert.Equal(50, (await Store.QueryAsync(new InstanceQuery(), default)).Rows.Count);
    }

    [Fact]
    public async Task Reading_can_be_cancelled()
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync("trip", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.LoadAsync("trip", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.QueryAsync(new InstanceQuery(), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadOpenWorkAsync(cancelled));
    }

    /// <summary>Creates an instance, and takes it to a status by a first turn.</summary>
    protected async Task<InstanceRow> StartAsync(
        string id, OrchestrationStatus status = OrchestrationStatus.Pending, Func<TurnCommit, TurnCommit>? change = null)
    {
        InstanceRow row = Row(id);
        InstanceMessage start = Message(id, "start");
        await Store.CreateAsync(new NewInstance(row, start), []);
        if (status != row.Status || change is not null)
        {
            row = row with { Status = status, CompletedAt = TurnCommit.IsTerminal(status) ? Now : null };
            TurnCommit turn = Turn(row, 1) with { ConsumedMessages = [start.Id] };
            await Store.CommitAsync(change?.Invoke(turn) ?? turn);
        }

        return row;
    }

    private static TurnCommit Turn(InstanceRow row, int number) => new() { Row = row, Turn = number, Events = $"[{number}]" };

    private static ScheduledActivity Activity(InstanceRow row, int id) => new(id, row.Key, row.InstanceId, row.ExecutionId, id, "BookCar", null, $"{id}");

    private static ScheduledTimer Timer(InstanceRow row, int id) => new(row.Key, row.InstanceId, row.ExecutionId, id, Now.AddSeconds(id));

    private Task<TurnResult> CommitAsync(InstanceRow row, int number = 1) => Store.CommitAsync(Turn(row, number));

    private Task<InstanceRow?> ReadAsync(string id) => Store.ReadAsync(id, default);

    private async Task<StoredInstance> LoadAsync(string id) =>
        await Store.LoadAsync(id, default) ?? throw new InvalidOperationException($"There is no instance '{id}'.");

    private InstanceRow Row(string id) => new()
    {
        Key = ++lastKey,
        InstanceId = id,
        ExecutionId = $"execution {lastKey}",
        Name = "BookTrip",
        Status = OrchestrationStatus.Pending,
        CreatedAt = Now,
        UpdatedAt = Now.AddTicks(1),
    };

    private InstanceMessage Message(string id, string @event) => new(++lastMessageId, id, @event);

    private NewInstance New(string id) => new(Row(id), Message(id, "start again"));
}
