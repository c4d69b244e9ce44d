using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOpeningTests : IDisposable
{
    private readonly DataFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_missing_file_is_created_with_its_folders()
    {
        string path = Path.Combine(Path.GetDirectoryName(file.Path)!, "a", "b", "trips.db");

        await using SqliteDatabase database = SqliteDatabase.Open(path);

        Assert.True(File.Exists(path));
        Assert.Equal(path, database.Path);
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_current_folder()
    {
        string path = Path.GetRelativePath(Environment.CurrentDirectory, file.Path);

        await using SqliteDatabase database = SqliteDatabase.Open(path);

        Assert.Equal(file.Path, database.Path);
    }

    [Fact]
    public async Task A_file_that_is_open_already_is_refused_until_it_is_closed()
    {
        await using (SqliteDatabase.Open(file.Path))
        {
            StoreLockedException exception = Assert.Throws<StoreLockedException>(() => SqliteDatabase.Open(file.Path));
            Assert.Equal($"The store '{file.Path}' is in use by another process. Stop that one, or name another file.", exception.Message);
        }

        await SqliteDatabase.Open(file.Path).DisposeAsync();
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_refused()
    {
        await SqliteDatabase.Open(file.Path).DisposeAsync();
        Execute("PRAGMA user_version = 999");

        StoreVersionException exception = Assert.Throws<StoreVersionException>(() => SqliteDatabase.Open(file.Path));

        Assert.StartsWith($"The store '{file.Path}' has version 999, but this program knows versions up to ", exception.Message, StringComparison.Ordinal);
        Execute($"PRAGMA user_version = {SqliteSchema.Version}");
        await SqliteDatabase.Open(file.Path).DisposeAsync();
    }

    [Theory]
    [InlineData("CREATE TABLE customers (id INTEGER PRIMARY KEY)")]
    [InlineData("PRAGMA application_id = 12345")]
    public void A_database_of_another_program_is_refused_and_left_as_it_is(string sql)
    {
        Execute(sql);
        byte[] before = File.ReadAllBytes(file.Path);

        StoreOpenException exception = Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(file.Path));

        Assert.Contains("not a store of this program", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        string text = string.Concat(Enumerable.Repeat("This is a letter to Alice Jones. ", 500));
        File.WriteAllText(file.Path, text);

        StoreOpenException exception = Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(file.Path));

        Assert.Contains($"'{file.Path}' is not a store", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file.Path));
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await SqliteDatabase.Open(file.Path).DisposeAsync();
        byte[] bytes = File.ReadAllBytes(file.Path);
        bytes.AsSpan(100, 4000).Fill(0xAB);
        File.WriteAllBytes(file.Path, bytes);

        StoreOpenException exception = Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(file.Path));

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(file.Path);

        Assert.Contains("can't be opened", Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_its_folder_is_refused()
    {
        File.WriteAllText(file.Path, "");
        string path = Path.Combine(file.Path, "trips.db");

        Assert.Contains("can't be opened", Assert.Throws<StoreOpenException>(() => SqliteDatabase.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        File.WriteAllText(file.Path, "");

        await SqliteDatabase.Open(file.Path).DisposeAsync();

        Assert.NotEmpty(File.ReadAllBytes(file.Path));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_when_the_file_was_never_closed()
    {
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        InstanceMessage[] messages = [.. Enumerable.Range(1, 100).Select(id => new InstanceMessage(id, $"trip-{id}", "start"))];
        await Task.WhenAll(messages.Select(message => store.CreateAsync(new NewInstance(Row(message), message), [])));

        // What a process leaves behind that is killed now.
        string copy = file.Path + ".copy";
        File.Copy(file.Path, copy);
        File.Copy(file.Path + "-wal", copy + "-wal");

        await using SqliteDatabase after = SqliteDatabase.Open(copy);
        OpenWork work = await new SqliteOrchestrationStore(after).ReadOpenWorkAsync(default);
        Assert.Equal(messages.Select(message => message.InstanceId), work.InstancesWithMessages);
        Assert.Equal((100, 100), (work.LastInstanceKey, work.LastMessageId));
    }

    [Fact]
    public async Task A_backup_that_is_made_while_the_store_is_in_use_is_a_store_with_all_that_was_acknowledged()
    {
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        SqliteOrchestrationStore store = new(database);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(instance => Turns.CreateAsync(store, Turns.KeyOf(instance))));
        Task meanwhile = Task.WhenAll(Enumerable.Range(0, 100).Select(instance => Turns.CommitAsync(store, Turns.KeyOf(instance), 1)));

        Execute($"VACUUM INTO '{file.Path}.backup'");

        await meanwhile;
        await using SqliteDatabase backup = SqliteDatabase.Open(file.Path + ".backup");
        Assert.Equal(100, (await Turns.CheckAsync(backup)).Count);
    }

    private static InstanceRow Row(InstanceMessage start) => new()
    {
        Key = start.Id,
        InstanceId = start.InstanceId,
        ExecutionId = "1",
        Name = "BookTrip",
        Status = DurableTask.Core.OrchestrationStatus.Pending,
        CreatedAt = DateTime.UnixEpoch,
        UpdatedAt = DateTime.UnixEpoch,
    };

    private void Execute(string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file.Path, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
