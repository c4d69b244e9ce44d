namespace DurableTask.Sqlite.Storage;

/// <summary>
/// A store's SQLite file. One process has it open at a time. All writes, the app's own included, go through one writer
/// that commits them in groups: a write's task completes only once its group is on the disk.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    // A write that waits on this thread for the one that it goes with.
    [ThreadStatic]
    private static (SqliteDatabase Database, QueuedWrite Write)? heldBack;

    private readonly FileStream fileLock;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    private SqliteDatabase(string path, FileStream fileLock, SqliteSession session)
    {
        Path = path;
        this.fileLock = fileLock;
        writer = new SqliteWriter(path, session);
        readers = new SqliteReaders(path);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>How many groups of writes were committed since the file was opened.</summary>
    public long Commits => writer.Commits;

    /// <summary>How many writes those groups had, failed ones included.</summary>
    public long Writes => writer.Writes;

    /// <summary>Runs at the end of each group, within its transaction.</summary>
    internal Action<SqliteSession>? BeforeCommit
    {
        get => writer.BeforeCommit;
        set => writer.BeforeCommit = value;
    }

    /// <summary>Opens a store's file. The file, and the folders above it, are created if they are missing.</summary>
    /// <param name="path">The file. Beside it, <c>.lock</c>, <c>-wal</c> and <c>-shm</c> files are kept.</param>
    /// <exception cref="StoreLockedException">The file is open already, in another process or in this one.</exception>
    /// <exception cref="StoreVersionException">The file was written by a newer version of this program.</exception>
    /// <exception cref="StoreOpenException">The file is no store of this program, is damaged, or can't be opened.</exception>
    public static SqliteDatabase Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string fullPath = System.IO.Path.GetFullPath(path);
        FileStream fileLock = SqliteFile.Lock(fullPath);
        try
        {
            return new SqliteDatabase(fullPath, fileLock, SqliteFile.OpenWriter(fullPath));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes. The write is in the queue when this method returns; writes run one after the other, in the order in which
    /// they were queued. One that throws leaves nothing behind, and doesn't affect others.
    /// </summary>
    /// <param name="write">
    /// Makes the changes and returns the result. It runs on the writer's thread: it should do nothing but that, and be quick. It
    /// runs a second time, as if it never had, if another write of its group has failed.
    /// </param>
    /// <returns>The result, once it is durable.</returns>
    /// <exception cref="StoreUnavailableException">The write failed, and left nothing behind, unless the process ends before this is seen.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write) => QueueAsync(write, callerHelps: false);

    /// <summary>Writes, as <see cref="WriteAsync{T}"/> does.</summary>
    /// <param name="write">Makes the changes and returns the result.</param>
    /// <param name="callerHelps">Whether the caller calls <see cref="Help"/>, as soon as it holds no lock.</param>
    internal Task<T> QueueAsync<T>(Func<SqliteSession, T> write, bool callerHelps)
    {
        ArgumentNullException.ThrowIfNull(write);
        QueuedWrite<T> queued = new(write);
        if (heldBack is { } held && held.Database == this)
        {
            queued.First = held.Write;
            heldBack = null;
        }

        return writer.TryEnqueue(queued, callerHelps)
            ? queued.Task
            : Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase)));
    }

    /// <summary>Makes what is queued on the caller's thread, if nobody does: it may wait for the disk, and must hold no lock.</summary>
    internal void Help() => writer.Help();

    /// <summary>
    /// Writes, as <see cref="WriteAsync{T}"/> does, but an activity is told of the result before it is durable. Should the write not
    /// become so, the activity's outcome isn't kept either, and it runs again: for writes that are safe to repeat, and of which
    /// nothing but the outcome of the activity tells. Reads may not see it yet.
    /// </summary>
    /// <param name="write">Makes the changes and returns the result.</param>
    /// <returns>The result, once the write is made; outside of activities, once it is durable.</returns>
    /// <exception cref="StoreUnavailableException">The write failed, and left nothing behind.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public Task<T> WriteAheadAsync<T>(Func<SqliteSession, T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        if (AheadWrites.Current is not { } activity)
        {
            return WriteAsync(write);
        }

        AheadWrite<T> queued = new(write);
        activity.Add(queued.Durable);
        if (!writer.TryEnqueue(queued, callerHelps: true))
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteDatabase)));
        }

        writer.Help();
        return queued.Task;
    }

    /// <summary>Writes, as <see cref="WriteAsync{T}"/> does, without a result.</summary>
    /// <param name="write">Makes the changes.</param>
    /// <exception cref="StoreUnavailableException">The write failed.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public Task WriteAsync(Action<SqliteSession> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return WriteAsync(session =>
        {
            write(session);
            return true;
        });
    }

    /// <summary>Writes as one with the next write that a call queues, such as the start of an orchestration: both are made, or neither.</summary>
    /// <param name="write">Makes the changes, before the other write's. If it throws, the other write fails as well.</param>
    /// <param name="next">Queues a write before it first waits, and waits for it.</param>
    /// <exception cref="InvalidOperationException">The call has queued no write before it first waited.</exception>
    public async Task WriteWithNextAsync(Action<SqliteSession> write, Func<Task> next)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(next);
        Task called;
        bool isQueued;
        heldBack = (this, new QueuedWrite<bool>(session =>
        {
            write(session);
            return true;
        }));
        try
        {
            called = next();
        }
        finally
        {
            isQueued = heldBack is null;
            heldBack = null;
        }

        await called;
        if (!isQueued)
        {
            throw new InvalidOperationException("What was to be written as one with another write is not written: no write was queued before the first wait.");
        }
    }

    /// <summary>Reads, as of one moment, everything that was written until then. Reads run beside writes and each other.</summary>
    /// <param name="read">Reads, and returns the result.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The disk fails, or the file is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        return readers.ReadAsync(read, cancellation);
    }

    /// <summary>Adds an app's own tables and indexes, which must not have the names of the store's.</summary>
    /// <param name="ddl">SQL statements that are safe to repeat (<c>CREATE TABLE IF NOT EXISTS</c>): they run at every start.</param>
    public Task EnsureSchemaAsync(string ddl) => WriteAsync(session => session.RunScript(ddl));

    /// <summary>Takes no more writes, waits for those that were queued, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();

        // The last to close: that moves everything from the -wal file into the store's.
        await writer.CloseAsync();
        await fileLock.DisposeAsync();
    }
}
