using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Queries, purging, and the work that is left open.</summary>
public abstract partial class OrchestrationStoreContract
{
    [Fact]
    public async Task A_query_answers_in_the_order_of_ids_character_by_character()
    {
        await StartAllAsync("b", "a-1", "B", "a", "ä", "a1", "0", "a_1");

        Assert.Equal(["0", "B", "a", "a-1", "a1", "a_1", "b", "ä"], await IdsAsync(new InstanceQuery()));
    }

    [Fact]
    public async Task A_query_answers_page_by_page()
    {
        await StartAllAsync("a", "b", "c", "d", "e");

        InstancePage first = await Store.QueryAsync(new InstanceQuery { PageSize = 2 }, default);
        InstancePage second = await Store.QueryAsync(new InstanceQuery { PageSize = 2, FromInstanceId = first.NextInstanceId }, default);
        InstancePage third = await Store.QueryAsync(new InstanceQuery { PageSize = 2, FromInstanceId = second.NextInstanceId }, default);

        AssertPage(first, ["a", "b"], "c");
        AssertPage(second, ["c", "d"], "e");
        AssertPage(third, ["e"], next: null);
    }

    [Fact]
    public async Task A_full_last_page_has_no_next_one()
    {
        await StartAllAsync("a", "b");

        Assert.Null((await Store.QueryAsync(new InstanceQuery { PageSize = 2 }, default)).NextInstanceId);
    }

    [Fact]
    public async Task A_page_may_start_at_an_id_that_is_gone()
    {
        await StartAllAsync("a", "b", "d");

        Assert.Equal(["d"], await IdsAsync(new InstanceQuery { FromInstanceId = "c" }));
    }

    [Fact]
    public async Task A_query_by_prefix_takes_every_character_as_it_is()
    {
        await StartAllAsync("a", "a%", "a%b", "aXb", "a_b", "A%", "b", "a%\uffff", "a%😀");

        Assert.Equal(["a%", "a%b", "a%😀", "a%\uffff"], (await IdsAsync(new InstanceQuery { InstanceIdPrefix = "a%" })).Order(StringComparer.Ordinal));
        Assert.Equal(["a_b"], await IdsAsync(new InstanceQuery { InstanceIdPrefix = "a_" }));
        Assert.Equal(["a%b"], await IdsAsync(new InstanceQuery { InstanceIdPrefix = "a%", FromInstanceId = "a%a", PageSize = 1 }));
        Assert.Empty(await IdsAsync(new InstanceQuery { InstanceIdPrefix = "a", FromInstanceId = "b" }));
        Assert.Equal(9, (await IdsAsync(new InstanceQuery { InstanceIdPrefix = "" })).Length);
    }

    [Fact]
    public async Task A_query_by_status_answers_those_in_any_of_them()
    {
        await StartAsync("a", OrchestrationStatus.Completed);
        await StartAsync("b", OrchestrationStatus.Running);
        await StartAsync("c", OrchestrationStatus.Completed);
        await StartAsync("d", OrchestrationStatus.Failed);
        await StartAsync("e", OrchestrationStatus.Pending);
        await StartAsync("f", OrchestrationStatus.Running);

        Assert.Equal(["a", "c"], await IdsAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Completed] }));
        Assert.Equal(
            ["b", "d", "e", "f"],
            await IdsAsync(new InstanceQuery
            {
                Statuses = [OrchestrationStatus.Pending, OrchestrationStatus.Failed, OrchestrationStatus.Running, OrchestrationStatus.Running],
            }));
        InstancePage page = await Store.QueryAsync(
            new InstanceQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Completed], PageSize = 2, FromInstanceId = "b" }, default);
        AssertPage(page, ["b", "c"], "f");
        Assert.Empty(await IdsAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Suspended] }));
        Assert.Equal(6, (await IdsAsync(new InstanceQuery { Statuses = [] })).Length);
    }

    [Fact]
    public async Task A_query_by_time_includes_both_ends()
    {
        foreach (int hour in (int[])[1, 2, 3, 4])
        {
            InstanceRow row = Row($"trip-{hour}") with { CreatedAt = Now.AddHours(hour) };
            await Store.CreateAsync(new NewInstance(row, Message(row.InstanceId, "start")), []);
            if (hour < 4)
            {
                await CommitAsync(row with { Status = OrchestrationStatus.Completed, CompletedAt = Now.AddDays(hour) });
            }
        }

        Assert.Equal(["trip-2", "trip-3", "trip-4"], await IdsAsync(new InstanceQuery { CreatedFrom = Now.AddHours(2) }));
        Assert.Equal(["trip-1", "trip-2"], await IdsAsync(new InstanceQuery { CreatedTo = Now.AddHours(2) }));
        Assert.Equal(["trip-2", "trip-3"], await IdsAsync(new InstanceQuery { CompletedFrom = Now.AddDays(2) }));
        Assert.Equal(["trip-1", "trip-2"], await IdsAsync(new InstanceQuery { CompletedTo = Now.AddDays(2) }));
        Assert.Equal(
            ["trip-2"],
            await IdsAsync(new InstanceQuery
            {
                CreatedFrom = Now.AddHours(2),
                CreatedTo = Now.AddHours(3),
                CompletedFrom = Now,
                CompletedTo = Now.AddDays(2),
                Statuses = [OrchestrationStatus.Completed],
                InstanceIdPrefix = "trip",
            }));
    }

    [Fact]
    public async Task A_query_leaves_payloads_out_if_they_are_not_wanted()
    {
        InstanceRow row = Row("trip") with { Input = "1", Output = "2", CustomStatus = "3", Failure = "{}", Tags = "{}", Version = "1" };
        await Store.CreateAsync(new NewInstance(row, Message("trip", "start")), []);

        Assert.Equal([row], (await Store.QueryAsync(new InstanceQuery(), default)).Rows);
        Assert.Equal(
            [row with { Input = null, Output = null, CustomStatus = null, Failure = null }],
            (await Store.QueryAsync(new InstanceQuery { WithPayloads = false }, default)).Rows);
    }

    [Fact]
    public async Task A_page_has_at_least_one_row()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.QueryAsync(new InstanceQuery { PageSize = 0 }, default));
    }

    [Fact]
    public async Task Purging_removes_those_that_have_ended_with_everything_they_had()
    {
        await StartAsync("done", OrchestrationStatus.Completed, turn => turn with { Activities = [Activity(turn.Row, 1)] });
        await StartAsync("failed", OrchestrationStatus.Failed);
        await StartAsync("running", OrchestrationStatus.Running, turn => turn with { Timers = [Timer(turn.Row, 2)] });
        await StartAsync("kept", OrchestrationStatus.Completed);

        Assert.Equal(2, await Store.PurgeAsync(["done", "unknown", "running", "failed", "done"]));

        Assert.Equal(["kept", "running"], await IdsAsync(new InstanceQuery()));
        Assert.Null(await Store.LoadAsync("done", default));
        OpenWork work = await Store.ReadOpenWorkAsync(default);
        Assert.Empty(work.Activities);
        Assert.Single(work.Timers);
        Assert.Equal(0, await Store.PurgeAsync([]));
    }

    [Fact]
    public async Task Ids_are_never_given_again_even_after_a_purge()
    {
        await StartAsync("trip", OrchestrationStatus.Completed);
        await Store.PostAsync(Message("nobody", "dropped"));
        await Store.PurgeAsync(["trip"]);

        OpenWork work = await Store.ReadOpenWorkAsync(default);

        Assert.Equal((lastKey, lastMessageId), (work.LastInstanceKey, work.LastMessageId));
    }

    [Fact]
    public async Task An_empty_store_has_no_open_work()
    {
        OpenWork work = await Store.ReadOpenWorkAsync(default);

        Assert.Equal((0, 0), (work.LastInstanceKey, work.LastMessageId));
        Assert.Empty(work.InstancesWithMessages);
        Assert.Empty(work.DelayedMessages);
        Assert.Empty(work.Activities);
        Assert.Empty(work.Timers);
    }

    [Fact]
    public async Task Open_work_is_what_has_a_message_and_what_waits()
    {
        InstanceRow pending = await StartAsync("pending");
        await Store.PostAsync(Message("pending", "a second one"));
        InstanceRow waiting = await StartAsync("waiting", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [new(1007, turn.Row.Key, "waiting", "e", 7, "BookCar", "2", null), new(1008, turn.Row.Key, "waiting", "e", 8, "BookHotel", null, "\"Hilton\"")],
            Timers = [Timer(turn.Row, 9)],
        });
        await Store.PostAsync(Message("waiting", "later") with { VisibleAt = Now.AddDays(1) });
        await StartAsync("done", OrchestrationStatus.Completed);

        OpenWork work = await Store.ReadOpenWorkAsync(default);

        Assert.Equal(["pending"], work.InstancesWithMessages);
        Assert.Equal([new DelayedMessage("waiting", Now.AddDays(1))], work.DelayedMessages);
        Assert.Equal(
            [new(1007, waiting.Key, "waiting", "e", 7, "BookCar", "2", null), new(1008, waiting.Key, "waiting", "e", 8, "BookHotel", null, "\"Hilton\"")],
            work.Activities);
        Assert.Equal([Timer(waiting, 9)], work.Timers);
        Assert.Equal(DateTimeKind.Utc, work.Timers[0].FireAt.Kind);
        Assert.NotEqual(pending.Key, waiting.Key);
    }

    [Fact]
    public async Task Children_are_found_by_their_parent()
    {
        foreach (var (id, parent) in new[] { ("c", "trip"), ("a", "trip"), ("b", "other"), ("trip", null) })
        {
            var created = New(id);
            await Store.CreateAsync(created with { Row = created.Row with { ParentInstanceId = parent } }, []);
        }

        AssertPage(await Store.QueryAsync(new InstanceQuery { ParentInstanceId = "trip" }, default), ["a", "c"], null);
        AssertPage(await Store.QueryAsync(new InstanceQuery { ParentInstanceId = "trip", PageSize = 1 }, default), ["a"], "c");
        AssertPage(await Store.QueryAsync(new InstanceQuery { ParentInstanceId = "nobody" }, default), [], null);
    }

    private static void AssertPage(InstancePage page, string[] ids, string? next)
    {
        Assert.Equal(ids, Ids(page));
        Assert.Equal(next, page.NextInstanceId);
    }

    private static string[] Ids(InstancePage page) => [.. page.Rows.Select(row => row.InstanceId)];

    private async Task<string[]> IdsAsync(InstanceQuery query) => Ids(await Store.QueryAsync(query, default));

    private async Task StartAllAsync(params string[] ids)
    {
        foreach (string id in ids)
        {
            await StartAsync(id);
        }
    }
}
