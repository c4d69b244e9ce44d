using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOrchestrationStoreTests : OrchestrationStoreContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile _file = new();
    private SqliteDatabase _database;
    private SqliteOrchestrationStore _store;

    public SqliteOrchestrationStoreTests()
    {
        _database = SqliteDatabase.Open(_file.Path);
        _store = new SqliteOrchestrationStore(_database);
    }

    protected override IOrchestrationStore Store => _store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _database.DisposeAsync().AsTask();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Everything_is_there_when_the_file_is_opened_again()
    {
        await StartAsync("pending");
        await StartAsync("done", OrchestrationStatus.Completed);
        InstanceRow running = await StartAsync("running", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [new(1001, turn.Row.Key, "running", "e", 1, "BookCar", null, "\"Ford 150\"")],
            Timers = [new(turn.Row.Key, "running", 2, turn.Row.CreatedAt)],
        });
        StoredInstance? before = await _store.LoadAsync("running", default);
        OpenWork workBefore = await _store.ReadOpenWorkAsync(default);

        await ReopenAsync();

        Assert.Equivalent(before, await _store.LoadAsync("running", default), strict: true);
        Assert.Equivalent(workBefore, await _store.ReadOpenWorkAsync(default), strict: true);
        Assert.Equal(3, (await _store.QueryAsync(new InstanceQuery(), default)).Rows.Count);
        Assert.Equal(OrchestrationStatus.Running, running.Status);
    }

    [Fact]
    public async Task Ids_are_not_given_again_after_a_purge_and_a_restart()
    {
        InstanceRow row = await StartAsync("done", OrchestrationStatus.Completed);
        await _store.PostAsync(new InstanceMessage(1000, "nobody", "dropped"));
        await _store.PurgeAsync(["done"]);
        await ReopenAsync();

        // An engine that starts where a smaller mark is in its memory must not lower the file's.
        await _store.PostAsync(new InstanceMessage(5, "nobody", "dropped"));

        OpenWork work = await _store.ReadOpenWorkAsync(default);
        Assert.Equal((row.Key, 1000), (work.LastInstanceKey, work.LastMessageId));
    }

    private async Task ReopenAsync()
    {
        await _database.DisposeAsync();
        _database = SqliteDatabase.Open(_file.Path);
        _store = new SqliteOrchestrationStore(_database);
    }
}
