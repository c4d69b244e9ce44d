using System.Text.Json;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Files that were damaged, cut off or taken apart.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int PageSize = 4096;

    private readonly DataFile file = new();

    private string Copy => file.Path + ".copy";

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_log_that_is_cut_off_anywhere_leaves_whole_turns_and_all_that_were_committed_before_the_cut()
    {
        await CreateAsync(instances: 3);
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        List<(long Length, int Turns)> committed = [];
        for (int turn = 1; turn <= 12; turn++)
        {
            for (int instance = 0; instance < 3; instance++)
            {
                await Turns.CommitAsync(store, Turns.KeyOf(instance), turn);
                committed.Add((new FileInfo(file.Path + "-wal").Length, committed.Count + 1));
            }
        }

        long length = committed[^1].Length;
        for (long cut = length; cut >= 0; cut -= 2 * PageSize / 3)
        {
            CopyStore(cut);
            await using SqliteDatabase after = SqliteDatabase.Open(Copy);
            Dictionary<long, int> last = await Turns.CheckAsync(after);
            int turns = last.Values.Sum();
            Assert.InRange(turns, committed.LastOrDefault(commit => commit.Length <= cut).Turns, committed.Count);
            Assert.Equal(Enumerable.Range(0, 3).Select(instance => (turns + 2 - instance) / 3), last.OrderBy(entry => entry.Key).Select(entry => entry.Value));
        }
    }

    [Fact]
    public async Task A_log_that_ends_in_a_commit_that_was_not_finished_loses_nothing()
    {
        await CreateAsync(instances: 3);
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await Turns.CommitAsync(new SqliteOrchestrationStore(database), Turns.KeyOf(1), 1);
        CopyStore(new FileInfo(file.Path + "-wal").Length);
        byte[] log = File.ReadAllBytes(Copy + "-wal");
        File.WriteAllBytes(Copy + "-wal", [.. log, .. log.AsSpan(32, PageSize + 24), .. log.AsSpan(100, 999)]);

        await using SqliteDatabase after = SqliteDatabase.Open(Copy);

        Assert.Equal([0, 1, 0], (await Turns.CheckAsync(after)).OrderBy(entry => entry.Key).Select(entry => entry.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_empty_or_missing_beside_its_log_is_refused_and_the_log_is_left_as_it_is(bool missing)
    {
        await CreateAsync(instances: 3);
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await Turns.CommitAsync(new SqliteOrchestrationStore(database), Turns.KeyOf(1), 1);
        CopyStore(new FileInfo(file.Path + "-wal").Length);
        byte[] log = File.ReadAllBytes(Copy + "-wal");
        byte[] whole = File.ReadAllBytes(Copy);
        File.Delete(Copy);
        if (!missing)
        {
            File.WriteAllText(Copy, "");
        }

        StoreOpenException exception = Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(Copy));

        Assert.StartsWith($"The store '{Copy}' is {(missing ? "missing" : "empty")}, but '{Copy}-wal'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(log, File.ReadAllBytes(Copy + "-wal"));
        File.WriteAllBytes(Copy, whole);
        await using SqliteDatabase after = SqliteDatabase.Open(Copy);
        Assert.Equal(1, (await Turns.CheckAsync(after))[Turns.KeyOf(1)]);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xAB)]
    public async Task A_damaged_page_gives_what_was_written_or_an_error_that_names_the_file_but_nothing_else(byte filler)
    {
        const int instances = 300;
        await CreateAsync(instances);
        await using (SqliteDatabase database = SqliteDatabase.Open(file.Path))
        {
            SqliteOrchestrationStore store = new(database);
            await Task.WhenAll(Enumerable.Range(0, instances).Select(instance => Turns.CommitAsync(store, Turns.KeyOf(instance), 1)));
        }

        byte[] whole = File.ReadAllBytes(file.Path);
        string[] expected = await ReadAllAsync(file.Path, instances);
        int refused = 0;
        for (int page = 0; page < whole.Length / PageSize; page++)
        {
            byte[] damaged = [.. whole];
            damaged.AsSpan(page * PageSize, PageSize).Fill(filler);
            File.WriteAllBytes(Copy, damaged);
            string[] read = await ReadAllAsync(Copy, instances);
            for (int i = 0; i < read.Length; i++)
            {
                Assert.True(read[i] == expected[i] || IsClear(read[i]), $"Page {page}: {read[i]}");
            }

            refused += read.Any(IsClear) ? 1 : 0;
        }

        // Of the others, nothing was read: free pages, and SQLite's own list of which page belongs where.
        Assert.InRange(refused, whole.Length / PageSize / 2, int.MaxValue);
    }

    [Fact]
    public async Task A_file_that_is_cut_off_is_refused()
    {
        await CreateAsync(instances: 300);
        byte[] whole = File.ReadAllBytes(file.Path);
        foreach (int length in (int[])[1, 50, 100, PageSize, whole.Length / 2, whole.Length - PageSize])
        {
            File.WriteAllBytes(Copy, whole[..length]);
            string[] read = await ReadAllAsync(Copy, 300);
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

        await CreateAsync(instances: 3);
        string folder = Path.GetDirectoryName(file.Path)!;
        const UnixFileMode read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        const UnixFileMode search = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(file.Path, fileIsReadOnly ? read : read | write);
        File.SetUnixFileMode(file.Path + ".lock", read | write);
        File.SetUnixFileMode(folder, folderIsReadOnly ? read | search : read | write | search);
        byte[] before = File.ReadAllBytes(file.Path);

        string said = Assert.Single(await StoreProcess.RunAsync(nameof(PowerlessUser), file.Path));

        File.SetUnixFileMode(folder, read | write | search);
        Assert.StartsWith($"The store '{file.Path}' can't be ", said, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }

    private static bool IsClear(string text) =>
        (text.StartsWith("StoreOpenException", StringComparison.Ordinal) || text.StartsWith("StoreUnavailableException", StringComparison.Ordinal))
        && text.Contains("trips.db", StringComparison.Ordinal)
        && !text.Contains('\n', StringComparison.Ordinal);

    // Everything that a store can be asked, each answer or error as a text.
    private static async Task<string[]> ReadAllAsync(string path, int instances)
    {
        SqliteDatabase database;
        try
        {
            database = SqliteDatabase.Open(path);
        }
        catch (Exception exception)
        {
            return [.. Enumerable.Repeat($"{exception.GetType().Name}: {exception.Message}", instances + 3)];
        }

        await using SqliteDatabase _ = database;
        SqliteOrchestrationStore store = new(database);
        List<string> answers =
        [
            await TryAsync(() => store.ReadOpenWorkAsync(default)),
            await TryAsync(() => store.QueryAsync(new InstanceQuery { PageSize = 1000 }, default)),
            await TryAsync(() => store.QueryAsync(new InstanceQuery { PageSize = 1000, Statuses = [DurableTask.Core.OrchestrationStatus.Running] }, default)),
        ];
        for (int instance = 0; instance < instances; instance++)
        {
            answers.Add(await TryAsync(() => store.LoadAsync(Turns.IdOf(Turns.KeyOf(instance)), default)));
        }

        return [.. answers];
    }

    private static async Task<string> TryAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return JsonSerializer.Serialize(await read());
        }
        catch (Exception exception)
        {
            return $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    private async Task CreateAsync(int instances)
    {
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        await Task.WhenAll(Enumerable.Range(0, instances).Select(instance => Turns.CreateAsync(store, Turns.KeyOf(instance))));
    }

    // What a process leaves behind that is killed now.
    private void CopyStore(long logLength)
    {
        File.Copy(file.Path, Copy, overwrite: true);
        File.Copy(file.Path + "-wal", Copy + "-wal", overwrite: true);
        using FileStream log = File.OpenWrite(Copy + "-wal");
        log.SetLength(logLength);
    }
}
