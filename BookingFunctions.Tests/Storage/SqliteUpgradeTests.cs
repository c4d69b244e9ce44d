using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using LocalRuntime.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

/// <summary>Files that earlier versions have written.</summary>
public sealed class SqliteUpgradeTests : IDisposable
{
    private readonly DataFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_file_of_version_1_is_brought_up_to_date_with_all_that_it_has()
    {
        CreateVersion1();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);

        StoredInstance open = (await store.LoadAsync("open", default))!;
        Assert.Equal((2, "\"old\"", 20), (open.LastTurn, open.Row.CustomStatus, open.Row.UpdatedAt.Ticks));
        Assert.Equal(["[1]", "[2]"], open.History);
        Assert.Equal("message", Assert.Single(open.Inbox).Event);
        Assert.Equal(["[3]"], (await store.LoadAsync("ended", default))!.History);
        OpenWork work = await store.ReadOpenWorkAsync(default);
        Assert.Equal((2, 9), (work.LastInstanceKey, work.LastMessageId));
        Assert.Equal((8, 1), (Assert.Single(work.Activities).Id, Assert.Single(work.Timers).TimerId));
        InstancePage running = await store.QueryAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Running] }, default);
        InstancePage completed = await store.QueryAsync(new InstanceQuery { Statuses = [OrchestrationStatus.Completed] }, default);
        Assert.Equal(("open", "ended"), (Assert.Single(running.Rows).InstanceId, Assert.Single(completed.Rows).InstanceId));
    }

    [Fact]
    public async Task An_instance_of_version_1_goes_on_where_it_was()
    {
        CreateVersion1();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        InstanceRow row = (await store.ReadAsync("open", default))!;

        await store.CommitAsync(new TurnCommit { Row = row with { CustomStatus = "\"new\"", UpdatedAt = new DateTime(30, DateTimeKind.Utc) }, Turn = 3, Events = "[3]" });

        StoredInstance after = (await store.LoadAsync("open", default))!;
        Assert.Equal((3, "\"new\"", 30), (after.LastTurn, after.Row.CustomStatus, after.Row.UpdatedAt.Ticks));
        Assert.Equal(["[1]", "[2]", "[3]"], after.History);
    }

    [Theory]
    [InlineData("=")]
    [InlineData("=SUM")]
    [InlineData("as a test")]
    public async Task Why_an_instance_was_terminated_stays_as_it_was(string reason)
    {
        CreateVersion1();
        Run($"UPDATE instances SET status = {(int)OrchestrationStatus.Terminated}, output = '{reason}' WHERE instance_id = 'ended'");
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);

        Assert.Equal(reason, (await new SqliteOrchestrationStore(database).ReadAsync("ended", default))?.Output);
    }

    private void CreateVersion1() => Run(
        $"""
        PRAGMA page_size = 8192;
        PRAGMA journal_mode = WAL;
        PRAGMA application_id = {SqliteSchema.ApplicationId};
        PRAGMA user_version = 1;
        {SqliteSchema.Steps[0]}
        UPDATE high_water SET value = CASE name WHEN 'instance_key' THEN 2 ELSE 9 END;
        INSERT INTO instances (key, instance_id, execution_id, name, status, created_at, updated_at, completed_at, custom_status)
          VALUES (1, 'open', '1', 'BookTrip', 0, 10, 20, NULL, '"old"'), (2, 'ended', '2', 'BookTrip', 1, 10, 20, 20, '"done"');
        INSERT INTO history (instance_key, turn, events) VALUES (1, 1, '[1]'), (1, 2, '[2]'), (2, 1, '[3]');
        INSERT INTO inbox (instance_key, message_id, event) VALUES (1, 9, 'message');
        INSERT INTO activities (instance_key, activity_id, execution_id, task_id, name) VALUES (1, 8, '1', 0, 'BookCar');
        INSERT INTO timers (instance_key, timer_id, fire_at) VALUES (1, 1, 50);
        """);

    private void Run(string sql)
    {
        using SqliteConnection connection = new($"Data Source={file.Path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
