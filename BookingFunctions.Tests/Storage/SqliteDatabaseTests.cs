using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteDatabaseTests : IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;

    public SqliteDatabaseTests() => database = file.Open(Notes.Schema);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_write_is_read_once_its_task_has_completed()
    {
        await AddAsync(1);

        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_does_not_fail_its_neighbours()
    {
        TaskCompletionSource gathered = new();
        var first = await HoldAsync(gathered.Task);
        var before = AddAsync(1);
        var failing = database.WriteAsync<int>(session =>
        {
            Notes.Add(session, 2);
            throw new InvalidOperationException("on purpose");
        });
        var refused = AddAsync(1);
        var after = AddAsync(3);
        var commits = database.Commits;
        gathered.SetResult();

        await Task.WhenAll(first, before, after);

        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        await Assert.ThrowsAsync<SqliteException>(() => refused);
        Assert.Equal([1, 3], await NotesAsync());
        Assert.Equal(commits + 2, database.Commits);
        Assert.Equal(0, database.Epoch);
    }

    [Fact]
    public async Task Writes_under_load_share_commits()
    {
        var commits = database.Commits;
        var writes = database.Writes;

        await Task.WhenAll(Enumerable.Range(1, 2000).Select(AddAsync));

        Assert.Equal(2000, database.Writes - writes);
        Assert.InRange(database.Commits - commits, 1, 1000);
        Assert.Equal(Enumerable.Range(1, 2000), await NotesAsync());
    }

    [Fact]
    public async Task A_read_sees_one_moment_beside_writes()
    {
        await AddAsync(1);
        using ManualResetEventSlim reading = new();
        using ManualResetEventSlim written = new();

        var read = database.ReadAsync(
            session =>
            {
                var before = Notes.Read(session).Count;
                reading.Set();
                written.Wait();
                return (before, Notes.Read(session).Count);
            },
            default);
        reading.Wait();
        await AddAsync(2);
        written.Set();

        Assert.Equal((1, 1), await read);
        Assert.Equal([1, 2], await NotesAsync());
    }

    [Fact]
    public async Task A_read_can_not_write_and_others_go_on_after_it_failed()
    {
        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(session => Notes.Add(session, 1), default));

        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Closing_completes_what_was_queued_and_refuses_the_rest()
    {
        Task[] writes = [.. Enumerable.Range(1, 1500).Select(AddAsync)];

        await database.DisposeAsync();

        await Task.WhenAll(writes);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync(9999));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.WriteEarlyAsync(session => Notes.Add(session, 9999)));
        await Assert.ThrowsAsync<ObjectDisposedException>(NotesAsync);
        await using var again = file.Open(Notes.Schema);
        Assert.Equal(1500, (await Notes.ReadAsync(again)).Count);
    }

    [Fact]
    public async Task A_statement_can_be_left_in_the_middle_and_used_again()
    {
        await Task.WhenAll(Enumerable.Range(1, 10).Select(AddAsync));

        Assert.Equal(1, await database.WriteAsync(FirstNote));
        Assert.Equal(1, await database.WriteAsync(session => FirstNote(session) * FirstNote(session)));
        await AddAsync(11);
        Assert.Equal(11, (await NotesAsync()).Count);
    }

    // Keeps the committer busy with a group of one, so that what is queued meanwhile is the next group.
    private async Task<Task> HoldAsync(Task until)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = database.WriteAsync(_ =>
        {
            started.SetResult();
            until.Wait();
        });
        await started.Task;
        return held;
    }

    private static long FirstNote(SqliteSession session)
    {
        var statement = session.Statement("SELECT id FROM notes ORDER BY id");
        return statement.Read() ? statement.Number(0) : 0;
    }

    private Task AddAsync(int id) => Notes.AddAsync(database, id);

    private Task<IReadOnlyList<int>> NotesAsync() => Notes.ReadAsync(database);
}
