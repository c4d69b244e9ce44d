using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteFullDiskTests : IDisposable
{
    private const string Notes = "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT";

    private readonly DataFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task On_a_full_disk_nothing_is_accepted_and_everything_goes_on_when_there_is_room_again()
    {
        if (OperatingSystem.IsWindows())
        {
            // It has no limit on the size of a process's files.
            return;
        }

        string[] printed = await StoreProcess.RunAsync(nameof(FullDiskEngine), file.Path);

        Assert.Collection(
            printed,
            line => Assert.Matches($"^Nothing was written to '{file.Path}', because a commit failed: .+ Check the disk's space and health.$", line),
            line => Assert.StartsWith($"StoreUnavailableException: Nothing was written to '{file.Path}'", line, StringComparison.Ordinal),
            line => Assert.Equal("0 completed", line),
            line => Assert.Equal("21 completed", line),
            line => Assert.Matches($"^StoreOpenException: The store '{file.Path}.other' can't be opened: .+ Check .+ the disk's space.$", line),
            line => Assert.Equal("opened", line));
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        Assert.Null(await store.ReadAsync("refused", default));
        Assert.Equal(21, (await store.QueryAsync(new InstanceQuery(), default)).Rows.Count);
    }

    // The limit on the number of pages makes SQLite say that the disk is full.
    [Fact]
    public async Task A_write_that_finds_no_room_is_refused_whole_and_can_be_made_later()
    {
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await database.EnsureSchemaAsync(Notes);
        await AddAsync(database, 1, 100);
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 1"));

        StoreUnavailableException refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(database, 2, 100_000));

        Assert.Contains(file.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(database));
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 100000"));
        await AddAsync(database, 2, 100_000);
        Assert.Equal(2, await CountAsync(database));
    }

    private static Task<int> AddAsync(SqliteDatabase database, int id, int length) => database.WriteAsync(
        session => session.Statement("INSERT INTO notes (id, text) VALUES (?, ?)").Bind(id).Bind(new string('x', length)).Run());

    private static Task<long> CountAsync(SqliteDatabase database) =>
        database.ReadAsync(session => session.Number("SELECT count(*) FROM notes"), default);
}
