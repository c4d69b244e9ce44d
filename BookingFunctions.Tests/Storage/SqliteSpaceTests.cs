using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>What becomes of the space of what is deleted.</summary>
public sealed class SqliteSpaceTests : IAsyncLifetime, IDisposable
{
    private const int Rows = 1000;
    private const int Megabyte = 1024 * 1024;

    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;

    public SqliteSpaceTests() => database = file.Open(Notes.Schema);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task The_file_shrinks_after_a_deletion_without_any_more_writes()
    {
        await AddAsync(1);
        await CheckpointAsync();
        Assert.InRange(Length(), 16 * Megabyte, long.MaxValue);

        Assert.Equal(Rows, await DeleteAsync());

        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(1));
        while (Length() > 4 * Megabyte)
        {
            await Task.Delay(20, patience.Token);
        }

        Assert.Equal("ok", await database.ReadAsync(session => session.Text("PRAGMA integrity_check"), default));
    }

    [Fact]
    public async Task The_file_does_not_grow_when_as_much_is_added_as_is_deleted()
    {
        await AddAsync(1);
        await CheckpointAsync();
        var length = Length();

        for (var round = 2; round <= 5; round++)
        {
            await DeleteAsync();
            await AddAsync(round);
        }

        await CheckpointAsync();
        Assert.InRange(Length(), 0, length + Megabyte);
        Assert.Equal(Ids(5), await Notes.ReadAsync(database));
    }

    [Fact]
    public async Task Writes_go_on_while_space_is_given_back()
    {
        await AddAsync(1);
        var deletion = DeleteAsync();
        for (var i = 0; i < 20; i++)
        {
            await database.WriteAsync(session => session.RunScript("UPDATE notes SET thread = 1"));
        }

        Assert.Equal(Rows, await deletion);
        await AddAsync(2);
        Assert.Equal(Ids(2), await Notes.ReadAsync(database));
    }

    private static IEnumerable<int> Ids(int round) => Enumerable.Range(round * Rows, Rows);

    // 20 KB each.
    private Task<int[]> AddAsync(int round) => Task.WhenAll(Ids(round).Select(id => database.WriteAsync(session =>
        session.Statement("INSERT INTO notes (id, text, thread) VALUES (?, ?, 0)").Bind(id).Bind(new string('i', 20_000)).Run())));

    private Task<int> DeleteAsync() => database.WriteAsync(session => session.Statement("DELETE FROM notes").Run());

    // On a connection of its own: it can't be done within a write.
    private Task CheckpointAsync() => Task.Run(() =>
    {
        var session = SqliteFile.OpenReader(file.Path);
        session.Statement("PRAGMA wal_checkpoint(TRUNCATE)").Run();
        session.Close();
    });

    private long Length() => new FileInfo(file.Path).Length;
}
