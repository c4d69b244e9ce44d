using BookingFunctions.Local.Storage;
using BookingFunctions.Storage;
using BookingFunctions.Tests.EndToEnd;
using LocalRuntime.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>A trip's row and its orchestration, in one write.</summary>
public sealed class SqliteOneStepStartTests : IAsyncLifetime, IDisposable
{
    private readonly DataFile file = new();
    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationStore store;
    private readonly SqliteTripDirectory directory;
    private readonly SqliteOneStepStart start;

    public SqliteOneStepStartTests()
    {
        database = SqliteDatabase.Open(file.Path);
        store = new SqliteOrchestrationStore(database);
        directory = new SqliteTripDirectory(database);
        start = new SqliteOneStepStart(database, directory);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => file.Dispose();

    [Fact]
    public async Task The_row_and_the_orchestration_are_one_write()
    {
        await directory.FindAsync("t", default);
        long before = database.Writes;

        Assert.True(await start.TryStartAsync(Entry("t"), () => Turns.CreateAsync(store, 1)));

        Assert.Equal(before + 1, database.Writes);
        Assert.True((await directory.FindAsync("t", default))!.IsStarted);
        Assert.NotNull(await store.ReadAsync(Turns.IdOf(1), default));
    }

    [Fact]
    public async Task Where_the_id_is_taken_nothing_is_started_and_other_writes_are_made()
    {
        await directory.AddAsync(Entry("t"), default);

        Task<bool> taken = start.TryStartAsync(Entry("t"), () => Turns.CreateAsync(store, 1));
        Task<bool> free = start.TryStartAsync(Entry("u"), () => Turns.CreateAsync(store, 3));

        Assert.Equal((false, true), (await taken, await free));
        Assert.Null(await store.ReadAsync(Turns.IdOf(1), default));
        Assert.NotNull(await store.ReadAsync(Turns.IdOf(3), default));
    }

    [Fact]
    public async Task Where_nothing_is_scheduled_no_row_is_added()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => start.TryStartAsync(Entry("t"), () => throw new ArgumentException("no")));
        await Assert.ThrowsAsync<InvalidOperationException>(() => start.TryStartAsync(Entry("t"), () => Task.CompletedTask));

        await Turns.CreateAsync(store, 1);
        Assert.Null(await directory.FindAsync("t", default));
    }

    private static TripEntry Entry(string id) => new()
    {
        Id = id, Name = "Alice", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Plan = "{}", IsStarted = true,
    };
}
