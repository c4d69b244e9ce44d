using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Callers that make their writes themselves, beside the thread that does so when there is more to do.</summary>
public sealed class SqliteWritersTests : IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private readonly SqliteDatabase database;

    public SqliteWritersTests() => database = SqliteDatabase.Open(file.Path);

    public Task InitializeAsync() => database.EnsureSchemaAsync("CREATE TABLE notes (id INTEGER PRIMARY KEY, thread INTEGER NOT NULL) STRICT");

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
            var (told, durable) = WriteAhead(2 * i);
            var next = AddAsync((2 * i) + 1, callerHelps: true);
            database.Help();
            await Task.WhenAll([told, next, .. durable]);
            here += await told == thread && await next == thread ? 1 : 0;
        }

        // The writer's own thread may be quicker at times.
        Assert.InRange(here, 1, Trips);
        Assert.InRange(database.Commits - commits, Trips, (2 * Trips) - 1);
        Assert.Equal(2 * Trips, await CountAsync());
    }

    [Fact]
    public async Task What_was_begun_becomes_durable_though_nothing_else_is_written()
    {
        var (told, durable) = WriteAhead(1);

        await Task.WhenAll([told, .. durable]);

        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_was_begun_is_there_after_the_file_was_closed()
    {
        var (told, _) = WriteAhead(1);

        await database.DisposeAsync();

        await told;
        await using var again = SqliteDatabase.Open(file.Path);
        Assert.Equal(1, await again.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default));
    }

    [Fact]
    public async Task A_write_that_fails_beside_one_that_was_told_leaves_that_alone()
    {
        var (told, durable) = WriteAhead(1);
        var failing = database.QueueAsync(session => Add(session, 1), callerHelps: true);
        database.Help();
        var after = AddAsync(2, callerHelps: true);
        database.Help();

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => failing);
        await Task.WhenAll([told, after, .. durable]);
        Assert.Equal(2, await CountAsync());
    }

    [Fact]
    public async Task Many_callers_and_the_writers_thread_make_each_write_once()
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
                        var (told, durable) = WriteAhead(id);
                        await Task.WhenAll([told, .. durable]);
                        break;
                    case 1:
                        var helped = AddAsync(id, callerHelps: true);
                        database.Help();
                        await helped;
                        break;
                    default:
                        await AddAsync(id, callerHelps: false);
                        break;
                }

                Assert.Equal(1, await database.ReadAsync(session => session.Number($"SELECT count(*) FROM notes WHERE id = {id}"), default));
            }
        })));

        Assert.Equal(Callers * Each, await CountAsync());
    }

    // As the part of an activity.
    private (Task<int> Told, IReadOnlyList<Task> Durable) WriteAhead(int id)
    {
        var writes = new AheadWrites();
        Task<int>? told = null;
        ExecutionContext.Run(
            ExecutionContext.Capture()!,
            _ =>
            {
                writes.Collect();
                told = database.WriteAheadAsync(session => Add(session, id));
            },
            null);
        return (told!, writes.Taken);
    }

    private Task<int> AddAsync(int id, bool callerHelps) => database.QueueAsync(session => Add(session, id), callerHelps);

    private static int Add(SqliteSession session, int id)
    {
        session.Statement("INSERT INTO notes (id, thread) VALUES (?, ?)").Bind(id).Bind(Environment.CurrentManagedThreadId).Run();
        return Environment.CurrentManagedThreadId;
    }

    private Task<long> CountAsync() => database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default);
}
