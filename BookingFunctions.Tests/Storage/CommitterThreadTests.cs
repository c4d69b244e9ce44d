using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

/// <summary>Callers that make their writes themselves, beside the thread that does so when there is more to do.</summary>
public sealed class CommitterThreadTests : IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;

    public CommitterThreadTests() => database = file.Open(Notes.Schema);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task While_there_is_little_to_do_writes_are_made_on_their_callers_threads_and_share_commits()
    {
        const int Trips = 50;
        var commits = database.Commits;
        var here = 0;
        for (var i = 0; i < Trips; i++)
        {
            var thread = Environment.CurrentManagedThreadId;
            var early = AddEarlyAsync(2 * i);
            var next = Queue((2 * i) + 1);
            database.DrainOnCaller();
            await next.Durable;
            here += await early == thread && await next.Made == thread ? 1 : 0;
        }

        // The committer's own thread may be quicker at times.
        Assert.InRange(here, 1, Trips);
        Assert.InRange(database.Commits - commits, Trips, (2 * Trips) - 1);
        Assert.Equal(2 * Trips, (await Notes.ReadAsync(database)).Count);
    }

    [Fact]
    public async Task An_early_write_becomes_durable_though_nothing_else_is_written()
    {
        var write = Queue(1, TimeSpan.FromMilliseconds(3));
        database.DrainOnCaller();

        await write.Durable;

        Assert.Equal([1], await Notes.ReadAsync(database));
    }

    [Fact]
    public async Task An_early_write_is_there_after_the_file_was_closed()
    {
        await AddEarlyAsync(1);

        await database.DisposeAsync();

        await using var again = file.Open(Notes.Schema);
        Assert.Equal([1], await Notes.ReadAsync(again));
    }

    [Fact]
    public async Task A_write_that_fails_beside_an_early_one_leaves_that_alone()
    {
        await AddEarlyAsync(1);
        var failing = Queue(1);
        database.DrainOnCaller();
        var after = Queue(2);
        database.DrainOnCaller();

        await Assert.ThrowsAsync<SqliteException>(() => failing.Made);
        await Assert.ThrowsAsync<SqliteException>(() => failing.Durable);
        await after.Durable;
        Assert.Equal([1, 2], await Notes.ReadAsync(database));
    }

    [Fact]
    public async Task Many_callers_and_the_committers_thread_make_each_write_once()
    {
        const int Callers = 8;
        const int Each = 300;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                var id = (caller * Each) + i;
                switch (id % 3)
                {
                    case 0:
                        await AddEarlyAsync(id);
                        break;
                    case 1:
                        var drained = Queue(id);
                        database.DrainOnCaller();
                        await drained.Durable;
                        break;
                    default:
                        await Notes.AddAsync(database, id);
                        break;
                }
            }
        })));

        await database.WriteAsync(_ => { });
        Assert.Equal(Enumerable.Range(0, Callers * Each), await Notes.ReadAsync(database));
    }

    private Task<int> AddEarlyAsync(int id) => database.WriteEarlyAsync(session => Notes.Add(session, id));

    private SqliteWrite<int> Queue(int id, TimeSpan linger = default) =>
        database.Queue(session => Notes.Add(session, id), linger, drainsOnCaller: true);
}
