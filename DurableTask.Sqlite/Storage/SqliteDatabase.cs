namespace DurableTask.Sqlite.Storage;

/// <summary>
/// A store's SQLite file. One process has it open at a time. All writes, the app's own included, go through one committer,
/// in groups: one transaction and one fsync a group.
/// </summary>
public sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>How long a group of writes that were all acknowledged before commit stays open for what comes of them.</summary>
    internal static readonly TimeSpan EarlyLinger = TimeSpan.FromMilliseconds(3);

    private readonly FileStream? fileLock;
    private readonly WalFlusher? flusher;
    private readonly CommitterThread? thread;
    private readonly ISqliteReaders readers;

    private SqliteDatabase(SqliteDatabaseOptions options, FileStream fileLock, SqliteSession session)
    {
        Path = options.Path;
        this.fileLock = fileLock;
        flusher = new WalFlusher(Path);
        Committer = new GroupCommitter(Path, session, flusher, options.TimeProvider);
        thread = new CommitterThread(Committer, session, flusher);
        readers = new SqliteReaders(Path);
    }

    private SqliteDatabase(SqliteDatabaseOptions options, InMemoryFile file)
    {
        Path = options.Path;
        Committer = new GroupCommitter(Path, file.Session, flusher: null, options.TimeProvider);
        readers = new InMemoryReaders(file);
    }

    /// <summary>
    /// Raised when the open transaction was lost (disk full, I/O error, failed COMMIT), with the new epoch: after the rollback, and
    /// before the lost writes fail. What rests on writes that were acknowledged before commit is to be dropped. It is raised on
    /// the thread that writes, so handlers must be quick and wait for nothing.
    /// </summary>
    public event Action<long>? TransactionLost
    {
        add => Committer.TransactionLost += value;
        remove => Committer.TransactionLost -= value;
    }

    /// <summary>
    /// Raised once writes are accepted again after a lost transaction. Handlers must be quick, as those of <see cref="TransactionLost"/>.
    /// </summary>
    public event Action? Recovered
    {
        add => Committer.Recovered += value;
        remove => Committer.Recovered -= value;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>
    /// How often a transaction was lost since the file was opened. Within a write, it is that of the write's own transaction.
    /// </summary>
    public long Epoch => Committer.Epoch;

    /// <summary>Whether writes are accepted. Reads are in any case.</summary>
    public bool IsAvailable => Committer.IsAvailable;

    /// <summary>How many groups of writes were committed since the file was opened.</summary>
    public long Commits => Committer.Commits;

    /// <summary>How many writes those groups had, failed ones included.</summary>
    public long Writes => Committer.Writes;

    /// <summary>What makes and commits the writes. A database in memory has no thread that does: its caller drives it.</summary>
    internal GroupCommitter Committer { get; }

    /// <summary>What makes the commits durable; null for a database in memory.</summary>
    internal WalFlusher? Flusher => flusher;

    /// <summary>Opens a store's file, and brings its tables to the present version.</summary>
    /// <param name="options">Which file, and which tables it has.</param>
    /// <exception cref="StoreLockedException">The file is open already, in another process or in this one.</exception>
    /// <exception cref="StoreVersionException">The file was written by a newer or by the former version of this program.</exception>
    /// <exception cref="StoreOpenException">The file is no store of this program, is damaged, or can't be opened.</exception>
    public static SqliteDatabase Open(SqliteDatabaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path);
        options = options with { Path = System.IO.Path.GetFullPath(options.Path) };
        var fileLock = SqliteFile.Lock(options.Path);
        try
        {
            return new SqliteDatabase(options, fileLock, SqliteFile.OpenWriter(options));
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a database that is kept in memory, for simulations: it starts no thread, its caller drives <see cref="Committer"/>, and
    /// reads run on the calling thread. After a crash (<see cref="GroupCommitter.Crash"/>), it is opened again with the same file.
    /// </summary>
    internal static SqliteDatabase OpenInMemory(InMemoryFile file, SqliteDatabaseOptions options)
    {
        SqliteFile.Prepare(options, file.Session);
        return new SqliteDatabase(options, file);
    }

    /// <summary>
    /// Writes. The write is in the queue when this method returns; writes run one after the other, in the order in which
    /// they were queued. One that throws leaves nothing behind, and doesn't affect others.
    /// </summary>
    /// <param name="write">
    /// Makes the changes and returns the result, which must depend only on the rows of the database and on what it was made with. It runs
    /// on the thread that writes: it should do nothing else, and be quick. It runs a second time, as if it never had, if another write
    /// of its group fails.
    /// </param>
    /// <param name="cancellation">Withdraws the write if it isn't made yet; from then on, only the wait ends.</param>
    /// <returns>The result, once it is durable. Fails with what the write throws.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was written, unless the process ends before this is seen.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation = default)
    {
        var queued = Queue(Withdrawable(write, cancellation));
        await queued.Durable.WaitAsync(cancellation);
        return await queued.Made;
    }

    /// <summary>Writes, as <see cref="WriteAsync{T}"/> does, without a result.</summary>
    /// <param name="write">Makes the changes.</param>
    /// <exception cref="StoreUnavailableException">Nothing was written, unless the process ends before this is seen.</exception>
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

    /// <summary>
    /// Writes, as <see cref="WriteAsync{T}"/> does, but completes once the write is made, before it is durable (acknowledged before
    /// commit): for writes of activities, which run again if the write is lost. Nothing that leaves the process may rest on the result
    /// but through a later write. Reads may not see it yet. The calling thread may make the write, so it must hold no lock.
    /// </summary>
    /// <param name="write">Makes the changes and returns the result; it must be safe to repeat.</param>
    /// <param name="cancellation">Withdraws the write if it isn't made yet; from then on, only the wait ends.</param>
    /// <returns>The result, once the write is made. Fails with what the write throws.</returns>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public Task<T> WriteEarlyAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation = default)
    {
        var queued = Queue(Withdrawable(write, cancellation), EarlyLinger, drainsOnCaller: true);
        DrainOnCaller();
        return queued.Made.WaitAsync(cancellation);
    }

    /// <summary>
    /// Queues a write, as <see cref="WriteAsync{T}"/> does: one task has its result before it is durable, another one completes once it is.
    /// </summary>
    /// <param name="write">Makes the changes and returns the result.</param>
    public SqliteWrite<T> Queue<T>(Func<SqliteSession, T> write) => Queue(write, TimeSpan.Zero, drainsOnCaller: false);

    /// <summary>Queues a write.</summary>
    /// <param name="write">Makes the changes and returns the result.</param>
    /// <param name="linger">
    /// How long its group may stay open for other writes, unless one of these can't wait: a few milliseconds at most.
    /// </param>
    /// <param name="drainsOnCaller">Whether the caller calls <see cref="DrainOnCaller"/> as soon as it holds no lock.</param>
    /// <param name="onMade">See <see cref="SqliteWrite{T}.OnMade"/>.</param>
    internal SqliteWrite<T> Queue<T>(Func<SqliteSession, T> write, TimeSpan linger, bool drainsOnCaller, Action<T>? onMade = null)
    {
        ArgumentNullException.ThrowIfNull(write);

        // The committer's thread must not run what callers do next. In memory there is none, and no other thread may come in.
        var options = thread is null ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;
        SqliteWrite<T> queued = new(write, options) { Linger = linger, OnMade = onMade };
        if (thread is null)
        {
            Committer.Enqueue(queued);
        }
        else
        {
            thread.Enqueue(queued, drainsOnCaller);
        }

        return queued;
    }

    /// <summary>
    /// Makes and commits what is queued on the caller's thread, unless another thread is at it. It may wait for the disk, and the caller
    /// must hold no lock.
    /// </summary>
    internal void DrainOnCaller() => thread?.DrainOnCaller();

    /// <summary>Waits until all writes that were queued are durable.</summary>
    /// <returns>Whether there were any.</returns>
    internal async Task<bool> SettleAsync()
    {
        if (Committer.Open is null && Committer.QueuedWrites == 0)
        {
            return false;
        }

        await Queue(_ => true).Durable;
        return true;
    }

    /// <summary>Reads what is durable, as of one moment. Reads run beside writes and each other.</summary>
    /// <param name="read">Reads, and returns the result.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreUnavailableException">The disk fails, or the file is damaged.</exception>
    /// <exception cref="ObjectDisposedException">The database is closed.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(read);
        var result = await readers.ReadAsync(read, cancellation);

        // What was read may be committed and not yet on the disk.
        if (flusher?.Current is { } group)
        {
            await group.Durable.WaitAsync(cancellation);
        }

        return result;
    }

    private static Func<SqliteSession, T> Withdrawable<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        cancellation.ThrowIfCancellationRequested();
        if (!cancellation.CanBeCanceled)
        {
            return write;
        }

        // What was acknowledged must come out the same when it is made again.
        var isMade = false;
        return session =>
        {
            if (!isMade)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var result = write(session);
            isMade = true;
            return result;
        };
    }

    /// <summary>Takes no more writes, waits for those that were queued, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        if (thread is null)
        {
            Committer.Close();
            Committer.Dispose();
            return;
        }

        // The last to close: that moves everything from the -wal file into the store's.
        await thread.CloseAsync();
        await fileLock!.DisposeAsync();
    }
}
