using System.Diagnostics;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// Makes queued writes in their order, in one open transaction, and commits them as a group. It has no thread: one caller at a
/// time, the driver, calls <see cref="Make"/>, <see cref="Commit"/>, <see cref="Lose(Exception)"/>, <see cref="LoseUnflushed"/>,
/// <see cref="Probe"/> and <see cref="ReturnSpace"/>. While one group is on its way to the disk, the next one is made.
/// </summary>
/// <remarks>
/// What loses the transaction (disk full, I/O error, failed COMMIT or fsync) is like a crash: writes that were acknowledged before
/// commit are gone, so everything that rests on them is. The epoch grows, and the open group and the queue fail. Until a probe has
/// been committed, writes fail at once.
/// </remarks>
internal sealed class GroupCommitter : IDisposable
{
    private readonly object gate = new();
    private readonly string path;
    private readonly SqliteSession session;
    private readonly GroupTransaction transaction;
    private readonly SqliteFreeSpace freeSpace;
    private readonly WalFlusher? flusher;
    private readonly ProbeDelay delay = new();
    private readonly ITimer probeTimer;
    private long commits;
    private long writes;
    private long epoch;

    // Under the lock.
    private readonly Queue<SqliteWrite> queue = new();
    private StoreUnavailableException? outage;
    private bool isClosed;

    // The last flush has failed: what the file holds since the one before may not be on the disk.
    private bool isFlushLost;

    private volatile WriteGroup? open;
    private volatile bool isProbeDue;

    /// <summary>Makes a committer.</summary>
    /// <param name="path">The store's path, for messages.</param>
    /// <param name="session">The connection that writes.</param>
    /// <param name="flusher">What makes a commit durable; null for a database in memory.</param>
    /// <param name="time">The clock of the probes.</param>
    public GroupCommitter(string path, SqliteSession session, WalFlusher? flusher, TimeProvider time)
    {
        this.path = path;
        this.session = session;
        this.flusher = flusher;
        transaction = new GroupTransaction(path, session);
        freeSpace = new SqliteFreeSpace(session);
        probeTimer = time.CreateTimer(_ => OnProbeDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised on the driver's thread after the rollback, with the new epoch, before the lost writes fail.</summary>
    public event Action<long>? TransactionLost;

    /// <summary>Raised on the driver's thread once writes are accepted again.</summary>
    public event Action? Recovered;

    /// <summary>Raised when a write has come into the empty queue.</summary>
    public event Action? Queued;

    /// <summary>Raised when a probe is due, which the driver makes.</summary>
    public event Action? ProbeDue;

    /// <summary>Called before each write is made, each time it is, and before a probe; what it throws is the write's own fault.</summary>
    public Action? BeforeWrite
    {
        get => transaction.BeforeWrite;
        set => transaction.BeforeWrite = value;
    }

    public long Epoch => Interlocked.Read(ref epoch);

    public long Commits => Interlocked.Read(ref commits);

    public long Writes => Interlocked.Read(ref writes);

    public bool IsAvailable
    {
        get
        {
            lock (gate)
            {
                return outage is null;
            }
        }
    }

    /// <summary>How many writes wait to be made.</summary>
    public int QueuedWrites
    {
        get
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    /// <summary>The group whose transaction is open, or null.</summary>
    public WriteGroup? Open => open;

    /// <summary>Whether <see cref="Commit"/> may be called: no group is on its way to the disk.</summary>
    public bool CanCommit => flusher?.Current is null;

    /// <summary>Whether <see cref="LoseUnflushed"/> is to be called.</summary>
    public bool HasFailedFlush => flusher?.Failure is not null;

    /// <summary>Whether <see cref="Probe"/> is to be called.</summary>
    public bool IsProbeDue => isProbeDue;

    /// <summary>Whether <see cref="ReturnSpace"/> is to be called when nothing else is to be done.</summary>
    public bool HasSpaceToReturn { get; private set; }

    /// <summary>Adds a write to the queue, or fails it at once if the store is unavailable or closed.</summary>
    /// <returns>Whether it is the only one in the queue.</returns>
    public bool Enqueue(SqliteWrite write)
    {
        Exception? refusal = null;
        var isFirst = false;
        lock (gate)
        {
            if (!isClosed && outage is null)
            {
                queue.Enqueue(write);
                isFirst = queue.Count == 1;
            }
            else
            {
                refusal = isClosed ? new ObjectDisposedException(nameof(SqliteDatabase)) : Unavailable(outage!.InnerException!);
            }
        }

        if (refusal is not null)
        {
            write.Fail(refusal);
        }
        else if (isFirst)
        {
            Queued?.Invoke();
        }

        return isFirst;
    }

    /// <summary>Makes queued writes in the open group, which it opens if there is none, and acknowledges them.</summary>
    /// <param name="maxGroup">How many writes the group may have.</param>
    /// <returns>Whether it made any.</returns>
    public bool Make(int maxGroup)
    {
        lock (gate)
        {
            while (queue.Count > 0 && (open?.Writes.Count ?? 0) < maxGroup)
            {
                (open ??= new WriteGroup()).Add(queue.Dequeue());
            }
        }

        if (open is not { } group || group.Made == group.Writes.Count)
        {
            return false;
        }

        try
        {
            transaction.Make(group);
        }
        catch (Exception exception)
        {
            Lose(exception);
            return false;
        }

        group.Acknowledge();
        return true;
    }

    /// <summary>Commits the open group, if there is one. Its writes complete when it is durable.</summary>
    /// <param name="waitsForDisk">Whether to wait for that, instead of leaving that to the flusher's thread.</param>
    public void Commit(bool waitsForDisk = true)
    {
        if (open is not { } group)
        {
            return;
        }

        try
        {
            HasSpaceToReturn |= freeSpace.IsMuch();
            flusher?.Expect(group);
            transaction.Commit();
        }
        catch (Exception exception)
        {
            flusher?.Forget();
            Lose(exception);
            return;
        }

        open = null;
        delay.Reset();
        Interlocked.Increment(ref commits);
        Interlocked.Add(ref writes, group.Writes.Count);
        SqliteMeter.Committed(group.Writes.Count, session);
        if (flusher is null)
        {
            group.Complete();
        }
        else if (waitsForDisk)
        {
            flusher.Flush();
        }
        else
        {
            flusher.Begin();
        }
    }

    /// <summary>Rolls the open group back, and fails its writes and all that wait.</summary>
    /// <param name="reason">Why the transaction is lost.</param>
    public void Lose(Exception reason) => Lose(reason, unflushed: null);

    /// <summary>Handles a failed flush: fails the writes of its group, and all later ones.</summary>
    public void LoseUnflushed()
    {
        if (flusher?.Failure is { } reason)
        {
            isFlushLost = true;
            Lose(reason, flusher.Current);
            flusher.Forget();
        }
    }

    /// <summary>Tries to commit something, and accepts writes again if that succeeds.</summary>
    public void Probe()
    {
        isProbeDue = false;
        try
        {
            transaction.RollBack();
            BeforeWrite?.Invoke();
            session.Statement("BEGIN IMMEDIATE").Run();
            session.Statement("UPDATE probes SET number = number + 1").Run();
            transaction.Commit();
            MakeDurable();
        }
        catch (Exception exception)
        {
            transaction.RollBack();
            delay.Advance();
            lock (gate)
            {
                outage = Unavailable(exception);
            }

            ScheduleProbe();
            return;
        }

        lock (gate)
        {
            outage = null;
        }

        Recovered?.Invoke();
    }

    /// <summary>Gives some of the file's free space back to the disk, in a transaction of its own.</summary>
    public void ReturnSpace()
    {
        try
        {
            HasSpaceToReturn = freeSpace.ReturnSome();
        }
        catch (Exception exception)
        {
            // On a full disk, say. It is tried again after the next group.
            HasSpaceToReturn = false;
            Debug.WriteLine(exception);
            transaction.RollBack();
        }
    }

    /// <summary>Takes no more writes; those in the queue can still be made.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }
    }

    /// <summary>Drops the queue and the open group as a crash of the process would: no task completes.</summary>
    public void Crash()
    {
        Close();
        lock (gate)
        {
            queue.Clear();
        }

        transaction.RollBack();
        open = null;
        Dispose();
    }

    public void Dispose()
    {
        flusher?.Dispose();
        LoseUnflushed();
        probeTimer.Dispose();
    }

    private void Lose(Exception reason, WriteGroup? unflushed)
    {
        transaction.RollBack();
        delay.Advance();
        WriteGroup lost = open ?? new WriteGroup();
        StoreUnavailableException failure;
        lock (gate)
        {
            while (queue.TryDequeue(out var write))
            {
                lost.Add(write);
            }

            open = null;
            outage = failure = Unavailable(reason);
        }

        SqliteMeter.Lost();
        var next = Interlocked.Increment(ref epoch);
        TransactionLost?.Invoke(next);
        ScheduleProbe();
        unflushed?.Fail(failure, isVisible: true);
        lost.Fail(failure, isVisible: false);
    }

    // After a failed fsync, another one may succeed without having written what the first one has not: so all is written once more,
    // into the store's file.
    private void MakeDurable()
    {
        if (isFlushLost)
        {
            if (session.Number("PRAGMA wal_checkpoint(TRUNCATE)") != 0)
            {
                throw new IOException("A reader holds up what has to be written again.");
            }

            isFlushLost = false;
        }

        flusher?.Sync();
    }

    // The delay starts anew only after a group was committed: a disk with room for the probe alone is full.
    private void ScheduleProbe() => probeTimer.Change(delay.Current, Timeout.InfiniteTimeSpan);

    private void OnProbeDue()
    {
        isProbeDue = true;
        ProbeDue?.Invoke();
    }

    private StoreUnavailableException Unavailable(Exception reason) => new(
        (isFlushLost
            ? $"What was last written to '{path}' may be lost, because it could not be flushed to the disk: {reason.Message} "
            : $"Nothing was written to '{path}', because a commit failed: {reason.Message} ")
        + "Check the disk's space and health: writes are accepted again as soon as one succeeds, which is tried again and again.",
        reason)
    {
        RetryAfter = delay.Current,
    };
}
