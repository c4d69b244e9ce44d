using DurableTask.Sqlite.Storage;
using Microsoft.Data.Sqlite;

namespace BookingFunctions.Tests.Storage;

/// <summary>The versions of the tables in a store's file.</summary>
public sealed class MigrationTests : IDisposable
{
    private static readonly SqliteSchema First = new(
        "trips", ["CREATE TABLE trips (id INTEGER PRIMARY KEY) STRICT; INSERT INTO trips VALUES (1)"]);

    private static readonly SqliteSchema Second = First with
    {
        Scripts = [.. First.Scripts, "ALTER TABLE trips ADD COLUMN name TEXT DEFAULT 'new'"],
    };


    private readonly StoreFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task Scripts_run_once_and_later_ones_are_run_on_a_file_that_has_the_former_ones()
    {
        await file.Open(First).DisposeAsync();
        await file.Open(First).DisposeAsync();
        await using var database = file.Open(Second);

        Assert.Equal(["1 new"], await ReadAsync(database, "SELECT id || ' ' || name FROM trips"));
        Assert.Equal(
            ["orchestrations 1", "trips 2"],
            await ReadAsync(database, "SELECT component || ' ' || version FROM schema_versions ORDER BY component"));
    }

    [Fact]
    public async Task A_component_can_be_added_to_a_file()
    {
        await file.Open().DisposeAsync();
        await using var database = file.Open(First, Notes.Schema);

        Assert.Equal(["1"], await ReadAsync(database, "SELECT id FROM trips"));
        Assert.Empty(await Notes.ReadAsync(database));
    }

    [Fact]
    public async Task A_file_with_a_newer_version_of_a_component_is_refused_and_left_as_it_is()
    {
        await file.Open(Second).DisposeAsync();
        var before = await File.ReadAllBytesAsync(file.Path);

        var exception = Assert.Throws<StoreVersionException>(() => file.Open(Notes.Schema, First));

        Assert.Equal(
            $"The store '{file.Path}' has version 2 of its tables for trips, but this program knows versions up to 1 only. "
            + "Run the newer program, or name another file.",
            exception.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(file.Path));
        await file.Open(Second).DisposeAsync();
    }

    [Fact]
    public async Task A_script_that_fails_leaves_the_file_as_it_was()
    {
        await file.Open(First).DisposeAsync();
        var broken = First with { Scripts = [.. First.Scripts, "DROP TABLE trips", "CREATE nothing"] };

        Assert.IsType<SqliteException>(Assert.Throws<StoreOpenException>(() => file.Open(Notes.Schema, broken)).InnerException);

        await using var database = file.Open(First);
        Assert.Equal(["1"], await ReadAsync(database, "SELECT id FROM trips"));
        Assert.Empty(await ReadAsync(database, "SELECT name FROM sqlite_schema WHERE name = 'notes'"));
    }

    [Fact]
    public void A_component_without_scripts_is_an_error_that_names_the_resource()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => SqliteSchema.FromResources("trips", typeof(MigrationTests).Assembly, "Nowhere"));

        Assert.StartsWith(
            "The assembly 'BookingFunctions.Tests' has no resource 'Nowhere.0001.sql'.", exception.Message, StringComparison.Ordinal);
    }

    private static Task<List<string>> ReadAsync(SqliteDatabase database, string sql) => database.ReadAsync(
        session =>
        {
            List<string> values = [];
            var rows = session.Statement(sql);
            while (rows.Read())
            {
                values.Add(rows.Text(0));
            }

            return values;
        },
        default);
}
