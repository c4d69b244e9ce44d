using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace LocalRuntime.Storage;

/// <summary>
/// The one that writes. It takes all writes that are waiting, runs them in their order in one transaction, commits that
/// once, and only then completes their tasks: while one group is on its way to the disk, the next one gathers.
/// </summary>
/// <remarks>It has a thread of its own, because it spends its time waiting for the disk, which would starve a thread pool of few threads.</remarks>
internal sealed class SqliteWriter
{
    // Bounds how long the first of a group waits for the others.
    private const int MaxGroup = 512;

    private readonly string path;
    private readonly SqliteSession session;
    private readonly SqliteFreeSpace freeSpace;
    private readonly Queue<QueuedWrite> queue = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long commits;
    private long writes;
    private bool closing;

    // How long a group waits for the outcomes of activities that it has told of writes, if nobody waits for the group itself.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(3);

    // Only the writer's thread has a use for it.
    private bool hasSpaceToReturn;

    public SqliteWriter(string path, SqliteSession session)
    {
        this.path = path;
        this.session = session;
        freeSpace = new SqliteFreeSpace(session);
        new Thread(Loop) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    public long Commits => Interlocked.Read(ref commits);

    public long Writes => Interlocked.Read(ref writes);

    /// <summary>Runs at the end of each group, before its commit.</summary>
    public Action<SqliteSession>? BeforeCommit { get; set; }

    /// <summary>Adds a write to the queue.</summary>
    /// <returns>False if the writer is closed.</returns>
    public bool TryEnqueue(QueuedWrite write)
    {
        lock (queue)
        {
            if (closing)
            {
                return false;
            }

            queue.Enqueue(write);
            if (queue.Count == 1)
            {
                Monitor.Pulse(queue);
            }

            return true;
        }
    }

    /// <summary>Takes no more writes, and completes once those that were queued are done and the connection is closed.</summary>
    public Task CloseAsync()
    {
        lock (queue)
        {
            closing = true;
            Monitor.Pulse(queue);
        }

        return ended.Task;
    }

    private void Loop()
    {
        List<QueuedWrite> group = [];
        while (TakeGroup(group))
        {
            if (group.Count > 0)
            {
                CommitGroup(group);
                group.Clear();
            }

            if (hasSpaceToReturn)
            {
                ReturnSpace();
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

    private bool TakeGroup(List<QueuedWrite> group)
    {
        lock (queue)
        {
            while (queue.Count == 0 && !closing && !hasSpaceToReturn)
            {
                Monitor.Wait(queue);
            }

            while (group.Count < MaxGroup && queue.TryDequeue(out QueuedWrite? write))
            {
                group.Add(write);
            }

            return group.Count > 0 || !closing;
        }
    }

    // Nobody waits for writes that are ahead to be durable: what comes of them goes to the disk with them.
    private bool TakeMore(List<QueuedWrite> group)
    {
        lock (queue)
        {
            if (queue.Count == 0 && !closing)
            {
                Monitor.Wait(queue, LongestWait);
            }

            int before = group.Count;
            while (group.Count < MaxGroup && queue.TryDequeue(out QueuedWrite? write))
            {
                group.Add(write);
            }

            return group.Count > before;
        }
    }

    private void CommitGroup(List<QueuedWrite> group)
    {
        try
        {
            session.Statement("BEGIN IMMEDIATE").Run();
            if (!TryRunAll(group))
            {
                session.Statement("ROLLBACK").Run();
                session.Statement("BEGIN IMMEDIATE").Run();
                foreach (QueuedWrite write in group)
                {
                    RunAlone(write);
                }
            }

            BeforeCommit?.Invoke(session);
            hasSpaceToReturn |= freeSpace.IsMuch();
            session.Statement("COMMIT").Run();
            Interlocked.Increment(ref commits);
            Interlocked.Add(ref writes, group.Count);
            StoreMeter.Committed(group.Count, session);
        }
        catch (Exception exception)
        {
            RollBack();
            foreach (QueuedWrite write in group)
            {
                write.Failure = new StoreUnavailableException(
                    $"Nothing was written to '{path}', because a commit failed: {exception.Message} Check the disk's space and health.", exception);
            }
        }

        foreach (QueuedWrite write in group)
        {
            if (write.First is { } first)
            {
                first.Failure = write.Failure;
                first.Complete();
            }

            write.Complete();
        }
    }

    // Hardly any write fails, and a savepoint for each would have SQLite copy the pages that they share again and again.
    private bool TryRunAll(List<QueuedWrite> group)
    {
        try
        {
            int made = 0;
            do
            {
                for (; made < group.Count; made++)
                {
                    Run(group[made]);
                    session.ResetStatements();
                }

                group.ForEach(write => write.Tell());
            }
            while (group.TrueForAll(write => write.IsAhead) && TakeMore(group));

            return true;
        }
        catch (Exception) when (session.InTransaction)
        {
            session.ResetStatements();
            return false;
        }
    }

    // What was told may be what later writes of the group rest on: if it fails now, so does the group.
    private void RunAlone(QueuedWrite write)
    {
        session.Statement("SAVEPOINT one").Run();
        try
        {
            Run(write);
        }
        catch (Exception exception) when (session.InTransaction && !write.IsTold)
        {
            session.ResetStatements();
            session.Statement("ROLLBACK TO one").Run();
            write.Failure = SqliteFaults.Explain(path, exception) ?? exception;
        }

        session.ResetStatements();
        session.Statement("RELEASE one").Run();
    }

    private void Run(QueuedWrite write)
    {
        write.First?.Run(session);
        write.Run(session);
        if (!session.InTransaction)
        {
            throw new InvalidOperationException("A write has ended the transaction of its group, which it must not.");
        }
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
            RollBack();
        }
    }

    private void RollBack()
    {
        try
        {
            session.ResetStatements();
            if (session.InTransaction)
            {
                session.Statement("ROLLBACK").Run();
            }
        }
        catch (Exception exception)
        {
            // The next group's BEGIN fails then, and says so to its writes; nothing is lost without being told.
            Debug.WriteLine(exception);
        }
    }
}
