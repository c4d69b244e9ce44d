using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What becomes of the space of what is purged.</summary>
public sealed class SqliteSpaceTests : IAsyncLifetime, IDisposable
{
    private const int Instances = 1000;
    private const int Megabyte = 1024 * 1024;

    private readonly DataFile file = new();
    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationStore store;

    public SqliteSpaceTests()
    {
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteOrchestrationStore(database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task The_file_shrinks_after_a_purge_without_any_more_writes()
    {
        await AddAsync(1);
        await CheckpointAsync();
        Assert.InRange(Length(), 16 * Megabyte, long.MaxValue);

        Assert.Equal(Instances, await store.PurgeAsync([.. Ids(1)]));

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (Length() > 4 * Megabyte)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal("ok", await database.ReadAsync(session => session.Text("PRAGMA integrity_check"), default));
    }

    [Fact]
    public async Task The_file_does_not_grow_when_as_much_is_added_as_is_purged()
    {
        await AddAsync(1);
        await CheckpointAsync();
        long length = Length();

        for (int round = 2; round <= 5; round++)
        {
            await store.PurgeAsync([.. Ids(round - 1)]);
            await AddAsync(round);
        }

        await CheckpointAsync();
        Assert.InRange(Length(), 0, length + Megabyte);
        Assert.Equal(Instances, (await store.QueryAsync(new InstanceQuery { PageSize = 2 * Instances }, default)).Rows.Count);
    }

    [Fact]
    public async Task Writes_go_on_while_space_is_given_back()
    {
        await AddAsync(1);
        Task<int> purge = store.PurgeAsync([.. Ids(1)]);
        for (int i = 0; i < 20; i++)
        {
            await store.PostAsync(new InstanceMessage(1_000_000 + i, "nobody", "dropped"));
        }

        Assert.Equal(Instances, await purge);
        await AddAsync(2);
        Assert.Equal(Ids(2), (await store.QueryAsync(new InstanceQuery { PageSize = 2 * Instances }, default)).Rows.Select(row => row.InstanceId));
    }

    private static IEnumerable<string> Ids(int round) => Enumerable.Range(0, Instances).Select(i => $"trip-{round}-{i:0000}");

    // 20 KB each.
    private Task AddAsync(int round) => Task.WhenAll(Ids(round).Select((id, i) =>
    {
        long key = (round * Instances) + i;
        InstanceRow row = new()
        {
            Key = key,
            InstanceId = id,
            ExecutionId = "1",
            Name = "BookTrip",
            Status = OrchestrationStatus.Pending,
            CreatedAt = DateTime.UnixEpoch,
            UpdatedAt = DateTime.UnixEpoch,
            Input = new string('i', 10_000),
        };
        Task created = store.CreateAsync(new NewInstance(row, new InstanceMessage(key, id, "start")), []);
        TurnCommit end = new()
        {
            Row = row with { Status = OrchestrationStatus.Completed, CompletedAt = DateTime.UnixEpoch },
            Turn = 1,
            Events = new string('e', 10_000),
        };
        return Task.WhenAll(created, store.CommitAsync(end));
    }));

    // On a connection of its own: it can't be done within a write.
    private Task CheckpointAsync() => Task.Run(() =>
    {
        SqliteSession session = SqliteFile.OpenReader(file.Path);
        session.Statement("PRAGMA wal_checkpoint(TRUNCATE)").Run();
        session.Close();
    });

    private long Length() => new FileInfo(file.Path).Length;
}
