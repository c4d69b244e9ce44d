using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteDatabaseTests : IAsyncLifetime, IDisposable
{
    private const string Notes = "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT";

    private readonly DataFile file = new();
    private readonly SqliteDatabase database;

    public SqliteDatabaseTests() => database = SqliteDatabase.Open(file.Path);

    public Task InitializeAsync() => database.EnsureSchemaAsync(Notes);

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_write_is_read_once_its_task_has_completed()
    {
        Assert.Equal(1, await AddAsync(1));

        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task A_schema_can_be_ensured_again()
    {
        await AddAsync(1);

        await database.EnsureSchemaAsync(Notes);

        Assert.Equal([1], await NotesAsync());
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_does_not_fail_its_neighbours()
    {
        TaskCompletionSource gathered = new();
        Task first = await HoldAsync(gathered.Task);
        Task<int> before = AddAsync(1);
        Task<int> failing = database.WriteAsync<int>(session =>
        {
            Add(session, 2);
            throw new InvalidOperationException("on purpose");
        });
        Task<int> refused = AddAsync(1);
        Task<int> after = AddAsync(3);
        long commits = database.Commits;
        gathered.SetResult();

        await Task.WhenAll(first, before, after);

        Assert.Equal("on purpose", (await Assert.ThrowsAsync<InvalidOperationException>(() => failing)).Message);
        await Assert.ThrowsAsync<SqliteException>(() => refused);
        Assert.Equal([1, 3], await NotesAsync());
        Assert.Equal(commits + 2, database.Commits);
    }

    [Fact]
    public async Task A_commit_that_fails_fails_all_of_its_group_and_leaves_nothing()
    {
        await database.EnsureSchemaAsync(
            "CREATE TABLE replies (note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
        TaskCompletionSource gathered = new();
        Task first = await HoldAsync(gathered.Task);
        Task<int> neighbour = AddAsync(1);
        Task failing = database.WriteAsync(session => session.Statement("INSERT INTO replies VALUES (99)").Run());
        gathered.SetResult();
        await first;

        StoreUnavailableException exception = await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);

        Assert.Contains(file.Path, exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => neighbour);
        Assert.Empty(await NotesAsync());
        await AddAsync(2);
        Assert.Equal([2], await NotesAsync());
    }

    [Fact]
    public async Task A_write_that_ends_the_transaction_fails_all_of_its_group_and_leaves_nothing()
    {
        TaskCompletionSource gathered = new();
        Task first = await HoldAsync(gathered.Task);
        Task<int> neighbour = AddAsync(1);
        Task failing = database.WriteAsync(session => session.RunScript("ROLLBACK"));
        gathered.SetResult();
        await first;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => failing);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => neighbour);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Writes_under_load_share_commits()
    {
        long commits = database.Commits;
        long writes = database.Writes;

        await Task.WhenAll(Enumerable.Range(1, 2000).Select(AddAsync));

        Assert.Equal(2000, database.Writes - writes);
        Assert.InRange(database.Commits - commits, 1, 1000);
        Assert.Equal(Enumerable.Range(1, 2000), await NotesAsync());
    }

    [Fact]
    public async Task A_read_sees_one_moment_whatever_is_written_meanwhile()
    {
        await AddAsync(1);
        using ManualResetEventSlim reading = new();
        using ManualResetEventSlim written = new();

        Task<(long, long)> read = database.ReadAsync(
            session =>
            {
                long before = Count(session);
                reading.Set();
                written.Wait();
                return (before, Count(session));
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
        await Assert.ThrowsAsync<SqliteException>(() => database.ReadAsync(session => Add(session, 1), default));

        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Closing_completes_what_was_queued_and_refuses_the_rest()
    {
        Task<int>[] writes = [.. Enumerable.Range(1, 1500).Select(AddAsync)];

        await database.DisposeAsync();

        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => AddAsync(9999));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => NotesAsync());
        await using SqliteDatabase again = SqliteDatabase.Open(file.Path);
        Assert.Equal(1500, await again.ReadAsync(Count, default));
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

    // Keeps the writer busy with a group of one, so that what is queued meanwhile is the next group.
    private async Task<Task> HoldAsync(Task until)
    {
        TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task held = database.WriteAsync(_ =>
        {
            started.SetResult();
            until.Wait();
        });
        await started.Task;
        return held;
    }

    private static int Add(SqliteSession session, int id) =>
        session.Statement("INSERT INTO notes (id, text) VALUES (?, ?)").Bind(id).Bind($"note {id}").Run();

    private static long Count(SqliteSession session)
    {
        SqliteStatement statement = session.Statement("SELECT count(*) FROM notes");
        return statement.Read() ? statement.Number(0) : 0;
    }

    private static long FirstNote(SqliteSession session)
    {
        SqliteStatement statement = session.Statement("SELECT id FROM notes ORDER BY id");
        return statement.Read() ? statement.Number(0) : 0;
    }

    private Task<int> AddAsync(int id) => database.WriteAsync(session => Add(session, id));

    private Task<IReadOnlyList<int>> NotesAsync() => database.ReadAsync<IReadOnlyList<int>>(
        session =>
        {
            List<int> ids = [];
            SqliteStatement statement = session.Statement("SELECT id FROM notes ORDER BY id");
            while (statement.Read())
            {
                ids.Add((int)statement.Number(0));
            }

            return ids;
        },
        default);
}
