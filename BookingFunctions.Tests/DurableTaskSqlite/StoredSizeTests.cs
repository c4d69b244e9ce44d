using DurableTask.Core.History;
using SQLitePCL;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class StoredSizeTests
{
    [Fact]
    public async Task An_orchestration_of_five_activities_writes_eight_rows()
    {
        await using var hub = await DrivenHub.StartAsync();
        var before = await RowsAsync(hub);
        await hub.StartInstanceAsync();
        for (var i = 0; i < 5; i++)
        {
            await (await hub.TurnAsync()).Status($"{i}").Schedule(i).CommittedAsync();
            await hub.RunActivityAsync();
        }

        await (await hub.TurnAsync()).End().CommittedAsync();

        // The instance twice, and a row a turn: activities need none of their own.
        Assert.Equal(1 + 6 + 1, await RowsAsync(hub) - before);
    }

    [Fact]
    public async Task A_turn_of_a_timer_writes_one_row()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddSeconds(1)).CommittedAsync();
        var before = await RowsAsync(hub);
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).Timer(1, hub.Now.AddSeconds(1)).CommittedAsync();

        Assert.Equal(1, await RowsAsync(hub) - before);
    }

    [Fact]
    public async Task Inputs_outputs_and_failures_are_stored_once()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a", $"\"{new string('i', 1000)}\"");
        await (await hub.TurnAsync()).End($"\"{new string('o', 1000)}\"").CommittedAsync();

        var sizes = await hub.Database.ReadAsync(
            session =>
            {
                var row = session.Statement(
                    """
                    SELECT length(start), length(input), length(output), (SELECT length(events) FROM history WHERE instance_key = key)
                    FROM instances
                    """);
                Assert.True(row.Read());
                return (row.Number(0), row.Number(1), row.Number(2), row.Number(3));
            },
            CancellationToken.None);
        Assert.True(sizes.Item1 < 300 && sizes.Item4 < 600, $"{sizes}");
        Assert.Equal((1002, 1002), (sizes.Item2, sizes.Item3));
        var events = await hub.Service.GetHistoryEventsAsync("a", null, CancellationToken.None);
        Assert.Equal(1002, events.OfType<ExecutionStartedEvent>().Single().Input.Length);
        Assert.Equal(1002, events.OfType<ExecutionCompletedEvent>().Single().Result!.Length);
    }

    private static Task<int> RowsAsync(DrivenHub hub) =>
        hub.CommittedAsync(hub.Database.WriteAsync(session => raw.sqlite3_total_changes(session.Handle)));
}
