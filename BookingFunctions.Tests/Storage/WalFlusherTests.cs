using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Tests.Storage;

/// <summary>Commits that are on their way to the disk while the next writes are made.</summary>
public sealed class WalFlusherTests : IAsyncLifetime, IDisposable
{
    private readonly StoreFile file = new();
    private readonly SqliteDatabase database;
    private readonly SemaphoreSlim flushes = new(0);
    private readonly TaskCompletionSource flushing = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WalFlusherTests() => database = file.Open(Notes.Schema);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        flushes.Release(1000);
        await database.DisposeAsync();
    }

    public void Dispose()
    {
        flushes.Dispose();
        file.Dispose();
    }

    [Fact]
    public async Task While_a_group_is_flushed_the_next_writes_are_made_and_a_later_flush_makes_them_durable()
    {
        HoldFlushes();
        var first = Notes.AddAsync(database, 1);
        await flushing.Task;

        var second = database.Queue(session => Notes.Add(session, 2));
        await second.Made;
        Assert.False(first.IsCompleted);
        Assert.False(second.Durable.IsCompleted);

        flushes.Release();
        await first;
        Assert.False(second.Durable.IsCompleted);
        flushes.Release();
        await second.Durable;
    }

    [Fact]
    public async Task A_read_waits_until_what_it_has_read_is_durable()
    {
        HoldFlushes();
        var write = Notes.AddAsync(database, 1);
        await flushing.Task;
        var hasRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var read = database.ReadAsync(
            session =>
            {
                var ids = Notes.Read(session);
                hasRead.SetResult();
                return ids;
            },
            default);
        await hasRead.Task;
        Assert.False(read.IsCompleted);

        flushes.Release();
        Assert.Equal([1], await read);
        await write;
    }

    [Fact]
    public async Task A_failed_flush_fails_its_writes_and_all_later_ones_until_everything_is_on_the_disk()
    {
        List<long> lost = [];
        TaskCompletionSource recovered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        database.TransactionLost += lost.Add;
        database.Recovered += recovered.SetResult;
        await Notes.AddAsync(database, 1);
        var failures = 2;
        HoldFlushes(() =>
        {
            if (failures-- > 0)
            {
                throw new IOException("The disk is broken.");
            }
        });
        var flushed = Notes.AddAsync(database, 2);
        await flushing.Task;
        var made = database.Queue(session => Notes.Add(session, 3));
        await made.Made;

        flushes.Release(100);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => flushed);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => made.Durable);
        Assert.Contains("may be lost", failure.Message, StringComparison.Ordinal);
        Assert.Equal([1], lost);
        await recovered.Task;

        // What was committed is there after all; what was not is not.
        Assert.Equal([1, 2], await Notes.ReadAsync(database));
        await Notes.AddAsync(database, 4);
    }

    [Fact]
    public async Task A_write_whose_flush_fails_while_the_file_is_closed_fails()
    {
        HoldFlushes(() => throw new IOException("The disk is broken."));
        var write = Notes.AddAsync(database, 1);
        await flushing.Task;
        var closed = database.DisposeAsync();
        flushes.Release(100);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => write);
        await closed;
    }

    private void HoldFlushes(Action? fail = null) => database.Flusher!.BeforeFlush = () =>
    {
        flushing.TrySetResult();
        flushes.Wait();
        fail?.Invoke();
    };
}
