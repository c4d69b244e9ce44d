using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

public sealed class SqliteOpeningTests : IDisposable
{
    private readonly StoreFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task A_missing_file_is_created_with_its_folders()
    {
        var path = Path.Combine(Path.GetDirectoryName(file.Path)!, "a", "b", "trips.db");

        await using var database = StoreFile.Open(path);

        Assert.True(File.Exists(path));
        Assert.Equal(path, database.Path);
    }

    [Fact]
    public async Task A_relative_path_starts_at_the_current_folder()
    {
        await using var database = StoreFile.Open(Path.GetRelativePath(Environment.CurrentDirectory, file.Path));

        Assert.Equal(file.Path, database.Path);
    }

    [Fact]
    public async Task A_file_that_is_open_already_is_refused_until_it_is_closed()
    {
        await using (file.Open())
        {
            var exception = Assert.Throws<StoreLockedException>(() => file.Open());
            Assert.Equal($"The store '{file.Path}' is in use by another process. Stop that one, or name another file.", exception.Message);
        }

        await file.Open().DisposeAsync();
    }

    [Fact]
    public void A_file_of_the_former_engine_is_refused_and_left_as_it_is()
    {
        Execute("PRAGMA application_id = 0x54726970; PRAGMA user_version = 4; CREATE TABLE instances (key INTEGER PRIMARY KEY)");
        var before = File.ReadAllBytes(file.Path);

        var exception = Assert.Throws<StoreVersionException>(() => file.Open());

        Assert.Equal(
            $"The store '{file.Path}' was written by the former version of this program, whose files this one doesn't read. "
            + "It was left as it is: keep it for that version, and name another file.",
            exception.Message);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }

    [Theory]
    [InlineData("CREATE TABLE customers (id INTEGER PRIMARY KEY)")]
    [InlineData("PRAGMA application_id = 12345")]
    public void A_database_of_another_program_is_refused_and_left_as_it_is(string sql)
    {
        Execute(sql);
        var before = File.ReadAllBytes(file.Path);

        var exception = Assert.Throws<StoreOpenException>(() => file.Open());

        Assert.Contains("not a store of this program", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter to Alice Jones. ", 500));
        File.WriteAllText(file.Path, text);

        var exception = Assert.Throws<StoreOpenException>(() => file.Open());

        Assert.Contains($"'{file.Path}' is not a store", exception.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(file.Path));
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        await file.Open().DisposeAsync();
        var bytes = File.ReadAllBytes(file.Path);
        bytes.AsSpan(100, 4000).Fill(0xAB);
        File.WriteAllBytes(file.Path, bytes);

        var exception = Assert.Throws<StoreOpenException>(() => file.Open());

        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(file.Path);

        Assert.Contains("can't be opened", Assert.Throws<StoreOpenException>(() => file.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_place_of_its_folder_is_refused()
    {
        File.WriteAllText(file.Path, "");
        var path = Path.Combine(file.Path, "trips.db");

        Assert.Contains("can't be opened", Assert.Throws<StoreOpenException>(() => StoreFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        File.WriteAllText(file.Path, "");

        await file.Open().DisposeAsync();

        Assert.NotEmpty(File.ReadAllBytes(file.Path));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_when_the_file_was_never_closed()
    {
        await using var database = file.Open(Notes.Schema);
        await Task.WhenAll(Enumerable.Range(1, 100).Select(id => Notes.AddAsync(database, id)));

        // What a process leaves behind that is killed now.
        var copy = file.Path + ".copy";
        File.Copy(file.Path, copy);
        File.Copy(file.Path + "-wal", copy + "-wal");

        await using var after = StoreFile.Open(copy, Notes.Schema);
        Assert.Equal(Enumerable.Range(1, 100), await Notes.ReadAsync(after));
    }

    [Fact]
    public async Task A_backup_that_is_made_while_the_store_is_in_use_is_a_store_with_all_that_was_acknowledged()
    {
        await using var database = file.Open(Turns.Schema);
        await Task.WhenAll(Enumerable.Range(1, 100).Select(trip => Turns.CreateAsync(database, trip)));
        var meanwhile = Task.WhenAll(Enumerable.Range(1, 100).Select(trip => Turns.CommitAsync(database, trip, 1)));

        Execute($"VACUUM INTO '{file.Path}.backup'");

        await meanwhile;
        await using var backup = StoreFile.Open(file.Path + ".backup", Turns.Schema);
        Assert.Equal(100, (await Turns.CheckAsync(backup)).Count);
    }

    private void Execute(string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = file.Path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
