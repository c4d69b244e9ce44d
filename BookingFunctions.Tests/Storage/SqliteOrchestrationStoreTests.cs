using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOrchestrationStoreTests : OrchestrationStoreContract, IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private SqliteDatabase database;
    private SqliteOrchestrationStore store;

    public SqliteOrchestrationStoreTests()
    {
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteOrchestrationStore(database);
    }

    protected override IOrchestrationStore Store => store;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Everything_is_there_when_the_file_is_opened_again()
    {
        await StartAsync("pending");
        await StartAsync("done", OrchestrationStatus.Completed);
        InstanceRow running = await StartAsync("running", OrchestrationStatus.Running, turn => turn with
        {
            Activities = [new(1001, turn.Row.Key, "running", "e", 1, "BookCar", null, "\"Ford 150\"")],
            Timers = [new(turn.Row.Key, "running", turn.Row.ExecutionId, 2, turn.Row.CreatedAt)],
        });
        StoredInstance? before = await store.LoadAsync("running", default);
        OpenWork workBefore = await store.ReadOpenWorkAsync(default);

        await ReopenAsync();

        Assert.Equivalent(before, await store.LoadAsync("running", default), strict: true);
        Assert.Equivalent(workBefore, await store.ReadOpenWorkAsync(default), strict: true);
        Assert.Equal(3, (await store.QueryAsync(new InstanceQuery(), default)).Rows.Count);
        Assert.Equal(OrchestrationStatus.Running, running.Status);
    }

    [Fact]
    public async Task Ids_are_not_given_again_after_a_purge_and_a_restart()
    {
        InstanceRow row = await StartAsync("done", OrchestrationStatus.Completed);
        await store.PostAsync(new InstanceMessage(1000, "nobody", "dropped"));
        await store.PurgeAsync(["done"]);
        await ReopenAsync();

        // An engine that starts where a smaller mark is in its memory must not lower the file's.
        await store.PostAsync(new InstanceMessage(5, "nobody", "dropped"));

        OpenWork work = await store.ReadOpenWorkAsync(default);
        Assert.Equal((row.Key, 1000), (work.LastInstanceKey, work.LastMessageId));
    }

    private async Task ReopenAsync()
    {
        await database.DisposeAsync();
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteOrchestrationStore(database);
    }
}
