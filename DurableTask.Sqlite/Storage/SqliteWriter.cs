using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Storage;

/// <summary>
/// The one that writes. It takes all writes that are waiting, runs them in their order in one transaction, commits that
/// once, and only then completes their tasks: while one group is on its way to the disk, the next one gathers.
/// </summary>
/// <remarks>
/// It has a thread of its own, because it spends its time waiting for the disk, which would starve a thread pool of few threads.
/// Only while there is next to nothing to do, callers make their writes themselves: to wake up that thread, and then another one
/// for the caller, takes longer than most writes.
/// </remarks>
internal sealed class SqliteWriter
{
    // Bounds how long the first of a group waits for the others.
    private const int MaxGroup = 512;

    // After so many looks in vain, the thread waits until it is called.
    private const int Looks = 20;

    // How long a group waits for the outcomes of activities that it has told of writes, if nobody waits for the group itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(3);

    private readonly SqliteSession session;
    private readonly SqliteFreeSpace freeSpace;
    private readonly SqliteTransaction transaction;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long commits;
    private long writes;

    // Under the lock.
    private readonly object gate = new();
    private readonly Queue<QueuedWrite> queue = new();
    private bool isClosing;
    private bool isWriting;
    private bool wasHelped;
    private bool isLooking;

    // Of whoever has set isWriting.
    private WriteGroup? open;
    private bool hasSpaceToReturn;

    public SqliteWriter(string path, SqliteSession session)
    {
        this.session = session;
        freeSpace = new SqliteFreeSpace(session);
        transaction = new SqliteTransaction(path, session, freeSpace);
        new Thread(Loop) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    public long Commits => Interlocked.Read(ref commits);

    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Runs at the end of each group, before its commit.</summary>
    public Action<SqliteSession>? BeforeCommit
    {
        get => transaction.BeforeCommit;
        set => transaction.BeforeCommit = value;
    }

    /// <summary>Adds a write to the queue.</summary>
    /// <param name="write">The write.</param>
    /// <param name="callerHelps">Whether the caller calls <see cref="Help"/>, as soon as it holds no lock.</param>
    /// <returns>False if the writer is closed.</returns>
    public bool TryEnqueue(QueuedWrite write, bool callerHelps = false)
    {
        lock (gate)
        {
            if (isClosing)
            {
                return false;
            }

            queue.Enqueue(write);
            if (queue.Count == 1 && !(callerHelps && isLooking))
            {
                Monitor.PulseAll(gate);
            }

            return true;
        }
    }

    /// <summary>Makes what is queued on the caller's thread, which may wait for the disk; does nothing if that is being done.</summary>
    public void Help()
    {
        WriteGroup group;
        lock (gate)
        {
            if (isWriting || queue.Count == 0)
            {
                return;
            }

            isWriting = wasHelped = true;
            TakeInto(group = open ??= new WriteGroup());
        }

        transaction.Run(group);
        if (!group.IsAhead)
        {
            Commit(group);
        }

        EndHelp();
    }

    private void EndHelp()
    {
        lock (gate)
        {
            isWriting = false;
            if (queue.Count > 0 || isClosing || hasSpaceToReturn || (open is not null && !isLooking))
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>Takes no more writes, and completes once those that were queued are done and the connection is closed.</summary>
    public Task CloseAsync()
    {
        lock (gate)
        {
            isClosing = true;
            Monitor.PulseAll(gate);
        }

        return ended.Task;
    }

    private void Loop()
    {
        while (TryBegin())
        {
            WriteAll();
            if (hasSpaceToReturn && !isClosing)
            {
                ReturnSpace();
            }

            lock (gate)
            {
                isWriting = false;
            }
        }

        try
        {
            session.Close();
            ended.SetResult();
        }
        catch (Exception exception)
        {
            // Everything is committed; whoever closes is told.
            ended.SetException(exception);
        }
    }

    // Waits until there is something to do; false once there never will be.
    private bool TryBegin()
    {
        lock (gate)
        {
            WriteGroup? seen = null;
            int looks = 0;
            while (true)
            {
                if (!isWriting && (queue.Count > 0 || isClosing || hasSpaceToReturn || (open is not null && open == seen)))
                {
                    isLooking = false;
                    return isWriting = queue.Count > 0 || open is not null || !isClosing;
                }

                // While callers make their writes themselves, they need not wake it up for what they leave behind.
                looks = wasHelped ? 0 : looks + 1;
                wasHelped = false;
                isLooking = looks < Looks;
                seen = open;
                Monitor.Wait(gate, isLooking ? LongestWait : Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void WriteAll()
    {
        while (Take())
        {
            do
            {
                transaction.Run(open!);
            }
            while (TakeMore());

            Commit(open!);
        }
    }

    // A group that a caller has begun goes on.
    private bool Take()
    {
        lock (gate)
        {
            open ??= queue.Count > 0 ? new WriteGroup() : null;
            TakeInto(open);
            return open is not null;
        }
    }

    // Nobody waits for writes that are ahead to be durable: what comes of them goes to the disk with them.
    private bool TakeMore()
    {
        if (!open!.IsAhead)
        {
            return false;
        }

        lock (gate)
        {
            if (queue.Count == 0 && !isClosing)
            {
                Monitor.Wait(gate, LongestWait);
            }

            int before = open.Writes.Count;
            TakeInto(open);
            return open.Writes.Count > before;
        }
    }

    private void TakeInto(WriteGroup? group)
    {
        while (group?.Writes.Count < MaxGroup && queue.TryDequeue(out QueuedWrite? write))
        {
            group.Writes.Add(write);
        }
    }

    private void Commit(WriteGroup group)
    {
        open = null;
        if (transaction.TryCommit(group))
        {
            hasSpaceToReturn |= transaction.SeesFreeSpace;
            Interlocked.Increment(ref commits);
            Interlocked.Add(ref writes, group.Writes.Count);
            StoreMeter.Committed(group.Writes.Count, session);
        }

        group.Complete();
    }

    private void ReturnSpace()
    {
        try
        {
            hasSpaceToReturn = freeSpace.ReturnSome();
        }
        catch (SqliteException exception)
        {
            // On a full disk, say. It is tried again after the next group.
            hasSpaceToReturn = false;
            Debug.WriteLine(exception);
            transaction.RollBack();
        }
    }
}
