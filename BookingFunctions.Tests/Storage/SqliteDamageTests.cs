using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Files that were damaged, cut off or taken apart.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int PageSize = 4096;

    private readonly StoreFile file = new();

    private string Copy => file.Path + ".copy";

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_log_that_is_cut_off_anywhere_leaves_complete_turns_and_all_that_were_committed_before_the_cut()
    {
        await CreateAsync(trips: 3);
        await using var database = file.Open(Turns.Schema);
        List<(long Length, int Turns)> committed = [];
        for (var turn = 1; turn <= 12; turn++)
        {
            for (var trip = 1; trip <= 3; trip++)
            {
                await Turns.CommitAsync(database, trip, turn);
                committed.Add((new FileInfo(file.Path + "-wal").Length, committed.Count + 1));
            }
        }

        var length = committed[^1].Length;
        for (var cut = length; cut >= 0; cut -= 2 * PageSize / 3)
        {
            CopyStore(cut);
            await using var after = StoreFile.Open(Copy, Turns.Schema);
            var last = await Turns.CheckAsync(after);
            var turns = last.Values.Sum();
            Assert.InRange(turns, committed.LastOrDefault(commit => commit.Length <= cut).Turns, committed.Count);
            Assert.Equal(
                Enumerable.Range(1, 3).Select(trip => (turns + 3 - trip) / 3),
                last.OrderBy(entry => entry.Key).Select(entry => entry.Value));
        }
    }

    [Fact]
    public async Task A_log_that_ends_in_a_commit_that_was_not_finished_loses_nothing()
    {
        await CreateAsync(trips: 3);
        await using var database = file.Open(Turns.Schema);
        await Turns.CommitAsync(database, 2, 1);
        CopyStore(new FileInfo(file.Path + "-wal").Length);
        var log = File.ReadAllBytes(Copy + "-wal");
        File.WriteAllBytes(Copy + "-wal", [.. log, .. log.AsSpan(32, PageSize + 24), .. log.AsSpan(100, 999)]);

        await using var after = StoreFile.Open(Copy, Turns.Schema);

        Assert.Equal([0, 1, 0], (await Turns.CheckAsync(after)).OrderBy(entry => entry.Key).Select(entry => entry.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_empty_or_missing_beside_its_log_is_refused_and_the_log_is_left_as_it_is(bool missing)
    {
        await CreateAsync(trips: 3);
        await using var database = file.Open(Turns.Schema);
        await Turns.CommitAsync(database, 2, 1);
        CopyStore(new FileInfo(file.Path + "-wal").Length);
        var log = File.ReadAllBytes(Copy + "-wal");
        var whole = File.ReadAllBytes(Copy);
        File.Delete(Copy);
        if (!missing)
        {
            File.WriteAllText(Copy, "");
        }

        var exception = Assert.Throws<StoreOpenException>(() => StoreFile.Open(Copy, Turns.Schema));

        var state = missing ? "missing" : "empty";
        Assert.StartsWith($"The store '{Copy}' is {state}, but '{Copy}-wal'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(log, File.ReadAllBytes(Copy + "-wal"));
        File.WriteAllBytes(Copy, whole);
        await using var after = StoreFile.Open(Copy, Turns.Schema);
        Assert.Equal(1, (await Turns.CheckAsync(after))[2]);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xAB)]
    public async Task A_damaged_page_gives_what_was_written_or_an_error_that_names_the_file_but_nothing_else(byte filler)
    {
        const int trips = 300;
        await CreateAsync(trips);
        await using (var database = file.Open(Turns.Schema))
        {
            await Task.WhenAll(Enumerable.Range(1, trips).Select(trip => Turns.CommitAsync(database, trip, 1)));
        }

        var whole = File.ReadAllBytes(file.Path);
        var expected = await ReadAllAsync(file.Path, trips);
        var refused = 0;
        for (var page = 0; page < whole.Length / PageSize; page++)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(page * PageSize, PageSize).Fill(filler);
            File.WriteAllBytes(Copy, damaged);
            var read = await ReadAllAsync(Copy, trips);
            for (var i = 0; i < read.Length; i++)
            {
                Assert.True(read[i] == expected[i] || IsClear(read[i]), $"Page {page}: {read[i]}");
            }

            refused += read.Any(IsClear) ? 1 : 0;
        }

        // Of the others, nothing was read: free pages, empty tables, and SQLite's own list of which page belongs where.
        Assert.InRange(refused, whole.Length / PageSize / 2, int.MaxValue);
    }

    [Fact]
    public async Task A_write_that_meets_a_damaged_page_fails_alone()
    {
        const int trips = 300;
        await CreateAsync(trips);
        var whole = File.ReadAllBytes(file.Path);
        var failed = 0;

        // Without the first pages, nothing can be written: the schema, and the table that a second write of the test is in.
        for (var page = 4; page < whole.Length / PageSize; page++)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(page * PageSize, PageSize).Fill(0xAB);
            File.WriteAllBytes(Copy, damaged);
            if (TryOpen(Copy, out var refusal) is not { } database)
            {
                Assert.True(IsClear(refusal), refusal);
                continue;
            }

            await using var _ = database;
            var write = Turns.CommitAsync(database, trips, 1);
            await database.WriteAsync(session => session.Statement("UPDATE probes SET number = 1").Run());
            if (await Record.ExceptionAsync(() => write) is { } failure)
            {
                Assert.True(IsClear($"{failure.GetType().Name}: {failure.Message}"), failure.Message);
                failed++;
            }

            Assert.Equal(0, database.Epoch);
        }

        Assert.InRange(failed, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_refused()
    {
        await CreateAsync(trips: 300);
        var whole = File.ReadAllBytes(file.Path);
        foreach (int length in (int[])[1, 50, 100, PageSize, whole.Length / 2, whole.Length - PageSize])
        {
            File.WriteAllBytes(Copy, whole[..length]);
            var read = await ReadAllAsync(Copy, 300);
            Assert.DoesNotContain(read, line => !IsClear(line));
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_file_or_folder_that_can_only_be_read_is_refused(bool fileIsReadOnly, bool folderIsReadOnly)
    {
        if (OperatingSystem.IsWindows())
        {
            // Its permissions are others.
            return;
        }

        await CreateAsync(trips: 3);
        var folder = Path.GetDirectoryName(file.Path)!;
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        const UnixFileMode search = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(file.Path, fileIsReadOnly ? read : read | write);
        File.SetUnixFileMode(file.Path + ".lock", read | write);
        File.SetUnixFileMode(folder, folderIsReadOnly ? read | search : read | write | search);
        var before = File.ReadAllBytes(file.Path);

        var said = Assert.Single(await StoreProcess.RunAsync(nameof(PowerlessUser), file.Path));

        File.SetUnixFileMode(folder, read | write | search);
        Assert.StartsWith($"The store '{file.Path}' can't be ", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }

    private static bool IsClear(string text) =>
        (text.StartsWith("StoreOpenException", StringComparison.Ordinal)
            || text.StartsWith("StoreUnavailableException", StringComparison.Ordinal))
        && text.Contains("trips.db", StringComparison.Ordinal)
        && !text.Contains('\n', StringComparison.Ordinal);

    // The rows of every trip, or the error, as a text.
    private static async Task<string[]> ReadAllAsync(string path, int trips)
    {
        if (TryOpen(path, out var refusal) is not { } database)
        {
            return [.. Enumerable.Repeat(refusal, trips)];
        }

        await using var _ = database;
        List<string> answers = [];
        for (var trip = 1; trip <= trips; trip++)
        {
            var asked = trip;
            try
            {
                answers.Add(await database.ReadAsync(session => Turns.Describe(session, asked), default));
            }
            catch (Exception exception)
            {
                answers.Add($"{exception.GetType().Name}: {exception.Message}");
            }
        }

        return [.. answers];
    }

    private static SqliteDatabase? TryOpen(string path, out string refusal)
    {
        try
        {
            refusal = "";
            return StoreFile.Open(path, Turns.Schema);
        }
        catch (Exception exception)
        {
            refusal = $"{exception.GetType().Name}: {exception.Message}";
            return null;
        }
    }

    private async Task CreateAsync(int trips)
    {
        await using var database = file.Open(Turns.Schema);
        await Task.WhenAll(Enumerable.Range(1, trips).Select(trip => Turns.CreateAsync(database, trip)));
    }

    // What a process leaves behind that is killed now.
    private void CopyStore(long logLength)
    {
        File.Copy(file.Path, Copy, overwrite: true);
        File.Copy(file.Path + "-wal", Copy + "-wal", overwrite: true);
        using var log = File.OpenWrite(Copy + "-wal");
        log.SetLength(logLength);
    }
}
