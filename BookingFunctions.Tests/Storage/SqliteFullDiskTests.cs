using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteFullDiskTests : IDisposable
{
    private readonly StoreFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task On_a_full_disk_nothing_is_accepted_and_writes_go_on_when_there_is_room_again()
    {
        if (OperatingSystem.IsWindows())
        {
            // It has no limit on the size of a process's files.
            return;
        }

        var printed = await StoreProcess.RunAsync(nameof(FullDiskWriter), file.Path);

        var refusal =
            $"^StoreUnavailableException: Nothing was written to '{file.Path}', because a commit failed: .+ "
            + "Check the disk's space and health";
        Assert.Collection(
            printed,
            line => Assert.Equal("lost 1", line),
            line => Assert.Matches(refusal, line),
            line => Assert.Matches(refusal, line),
            line => Assert.Equal("notes 1", line),
            line => Assert.Equal("recovered", line),
            line => Assert.Equal("notes 1 5", line),
            line => Assert.Matches(
                $"^StoreOpenException: The store '{file.Path}.other' can't be opened: .+ Check .+ the disk's space.$", line),
            line => Assert.Equal("opened", line));
        await using var database = file.Open(Notes.Schema);
        Assert.Equal([1, 5], await Notes.ReadAsync(database));
    }

    [Fact]
    public async Task Orchestrations_under_way_on_a_full_disk_complete_when_there_is_room_again()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var printed = await StoreProcess.RunAsync(nameof(FullDiskHub), file.Path);

        Assert.Equal([nameof(StoreUnavailableException), "0 completed", "21 completed", "42 activities, 0 too often"], printed);
    }

    // The limit on the number of pages makes SQLite say that the disk is full.
    [Fact]
    public async Task A_write_that_finds_no_room_is_refused_and_can_be_made_after_a_probe_was_committed()
    {
        FakeTimeProvider time = new();
        await using var database = SqliteDatabase.Open(
            new SqliteDatabaseOptions { Path = file.Path, Schemas = [Notes.Schema], TimeProvider = time });
        TaskCompletionSource recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        database.Recovered += recovered.SetResult;
        await AddAsync(database, 1, 100);
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 1"));

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => AddAsync(database, 2, 100_000));

        Assert.Contains(file.Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains("full", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1], await Notes.ReadAsync(database));
        Assert.False(database.IsAvailable);

        time.Advance(TimeSpan.FromMilliseconds(50));
        await recovered.Task;
        await database.WriteAsync(session => session.RunScript("PRAGMA max_page_count = 100000"));
        await AddAsync(database, 2, 100_000);
        Assert.Equal([1, 2], await Notes.ReadAsync(database));
    }

    private static Task<int> AddAsync(SqliteDatabase database, int id, int length) => database.WriteAsync(
        session => session.Statement("INSERT INTO notes (id, text, thread) VALUES (?, ?, 0)").Bind(id).Bind(new string('x', length)).Run());
}
