namespace DurableTask.Sqlite.Storage;

/// <summary>
/// Drives a <see cref="GroupCommitter"/>: it makes all writes that wait, and commits them once; while one group is on its way to the
/// disk, the next one is made.
/// </summary>
/// <remarks>
/// It has a thread of its own, because it spends its time waiting for the disk, which would starve a thread pool of few threads.
/// Only while there is next to nothing to do, callers drive it themselves (<see cref="DrainOnCaller"/>): to wake up that thread, and
/// then another one for the caller, takes longer than most writes.
/// </remarks>
internal sealed class CommitterThread
{
    // Bounds how long the first of a group waits for the others.
    private const int MaxGroup = 512;

    // After this many idle polls the thread blocks until signalled.
    private const int MaxIdlePolls = 20;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(3);

    private readonly GroupCommitter committer;
    private readonly SqliteSession session;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object gate = new();
    private bool isClosing;
    private bool isDriven;
    private bool wasDrained;
    private bool isPolling;

    public CommitterThread(GroupCommitter committer, SqliteSession session, WalFlusher flusher)
    {
        this.committer = committer;
        this.session = session;
        committer.ProbeDue += Signal;
        flusher.Ended += Signal;
        new Thread(Loop) { IsBackground = true, Name = "SQLite committer" }.Start();
    }

    private bool HasWork =>
        committer.QueuedWrites > 0 || committer.IsProbeDue || committer.HasSpaceToReturn || committer.HasFailedFlush;

    /// <summary>Adds a write to the queue.</summary>
    /// <param name="write">The write.</param>
    /// <param name="drainsOnCaller">Whether the caller calls <see cref="DrainOnCaller"/> as soon as it holds no lock.</param>
    public void Enqueue(SqliteWrite write, bool drainsOnCaller)
    {
        if (committer.Enqueue(write))
        {
            lock (gate)
            {
                if (!(drainsOnCaller && isPolling))
                {
                    Monitor.PulseAll(gate);
                }
            }
        }
    }

    /// <summary>
    /// Makes and commits what is queued on the caller's thread, which may wait for the disk; does nothing if another thread is at it.
    /// </summary>
    public void DrainOnCaller()
    {
        lock (gate)
        {
            if (isDriven || committer.QueuedWrites == 0)
            {
                return;
            }

            isDriven = wasDrained = true;
        }

        try
        {
            committer.Make(MaxGroup);
            if (committer.Open is { } group && group.Linger <= TimeSpan.Zero && committer.CanCommit)
            {
                committer.Commit();
            }
        }
        finally
        {
            EndDrain();
        }
    }

    /// <summary>Takes no more writes, and completes once those that were queued are done and the connection is closed.</summary>
    public Task CloseAsync()
    {
        committer.Close();
        lock (gate)
        {
            isClosing = true;
            Monitor.PulseAll(gate);
        }

        return ended.Task;
    }

    private void EndDrain()
    {
        lock (gate)
        {
            isDriven = false;
            if (HasWork || isClosing || (committer.Open is { } group && !(isPolling && group.Linger >= PollInterval)))
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Signal()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }

    private void Loop()
    {
        while (TryBegin())
        {
            Drive();
            lock (gate)
            {
                isDriven = false;
            }
        }

        try
        {
            committer.Dispose();
            session.Close();
            ended.SetResult();
        }
        catch (Exception exception)
        {
            // Everything is committed; the caller that closes the database gets the error.
            ended.SetException(exception);
        }
    }

    // Waits until there is something to do; false once there never will be.
    private bool TryBegin()
    {
        lock (gate)
        {
            WriteGroup? seen = null;
            var idlePolls = 0;
            while (true)
            {
                var open = committer.Open;
                if (!isDriven && (HasWork || isClosing || (open is not null && open == seen)))
                {
                    isPolling = false;
                    return isDriven = committer.QueuedWrites > 0 || open is not null || !isClosing;
                }

                // While callers drain, they need not signal what they leave behind.
                idlePolls = wasDrained ? 0 : idlePolls + 1;
                wasDrained = false;
                isPolling = idlePolls < MaxIdlePolls;
                seen = isDriven ? null : open;
                Monitor.Wait(gate, WaitFor(seen));
            }
        }
    }

    private TimeSpan WaitFor(WriteGroup? open)
    {
        if (open is not null && open.Linger < PollInterval)
        {
            return open.Linger;
        }

        return isPolling || open is not null ? PollInterval : Timeout.InfiniteTimeSpan;
    }

    private void Drive()
    {
        committer.LoseUnflushed();
        if (committer.IsProbeDue)
        {
            committer.Probe();
        }

        // A group that a caller has left open goes on.
        while (committer.Make(MaxGroup) || committer.Open is not null)
        {
            while (GathersMore())
            {
                committer.Make(MaxGroup);
            }

            if (committer.HasFailedFlush)
            {
                committer.LoseUnflushed();
            }
            else
            {
                committer.Commit(waitsForDisk: false);
            }
        }

        if (committer.HasSpaceToReturn && !isClosing)
        {
            committer.ReturnSpace();
        }
    }

    // A group is committed as soon as the one before it is on the disk and none of its writes can wait for others.
    private bool GathersMore()
    {
        lock (gate)
        {
            if (committer.Open is not { } group || committer.HasFailedFlush)
            {
                return false;
            }

            var isFull = group.Writes.Count >= MaxGroup;
            if (!committer.CanCommit)
            {
                if (isFull || committer.QueuedWrites == 0)
                {
                    Monitor.Wait(gate);
                }

                return true;
            }

            if (isFull || group.Linger <= TimeSpan.Zero)
            {
                return false;
            }

            if (committer.QueuedWrites == 0 && !isClosing)
            {
                Monitor.Wait(gate, group.Linger);
            }

            return committer.QueuedWrites > 0;
        }
    }
}
