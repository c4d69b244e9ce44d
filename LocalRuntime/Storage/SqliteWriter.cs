using System.Diagnostics;

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

    private readonly string _path;
    private readonly SqliteSession _session;
    private readonly Queue<QueuedWrite> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _commits;
    private long _writes;
    private bool _closing;

    public SqliteWriter(string path, SqliteSession session)
    {
        _path = path;
        _session = session;
        new Thread(Loop) { IsBackground = true, Name = "SQLite writer" }.Start();
    }

    public long Commits => Interlocked.Read(ref _commits);

    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Runs at the end of each group, before its commit.</summary>
    public Action<SqliteSession>? BeforeCommit { get; set; }

    /// <summary>Adds a write to the queue.</summary>
    /// <returns>False if the writer is closed.</returns>
    public bool TryEnqueue(QueuedWrite write)
    {
        lock (_queue)
        {
            if (_closing)
            {
                return false;
            }

            _queue.Enqueue(write);
            if (_queue.Count == 1)
            {
                Monitor.Pulse(_queue);
            }

            return true;
        }
    }

    /// <summary>Takes no more writes, and completes once those that were queued are done and the connection is closed.</summary>
    public Task CloseAsync()
    {
        lock (_queue)
        {
            _closing = true;
            Monitor.Pulse(_queue);
        }

        return _ended.Task;
    }

    private void Loop()
    {
        List<QueuedWrite> group = [];
        while (TakeGroup(group))
        {
            CommitGroup(group);
            group.Clear();
        }

        _session.Close();
        _ended.SetResult();
    }

    private bool TakeGroup(List<QueuedWrite> group)
    {
        lock (_queue)
        {
            while (_queue.Count == 0 && !_closing)
            {
                Monitor.Wait(_queue);
            }

            while (group.Count < MaxGroup && _queue.TryDequeue(out QueuedWrite? write))
            {
                group.Add(write);
            }

            return group.Count > 0;
        }
    }

    private void CommitGroup(List<QueuedWrite> group)
    {
        try
        {
            _session.Statement("BEGIN IMMEDIATE").Run();
            foreach (QueuedWrite write in group)
            {
                RunOne(write);
            }

            BeforeCommit?.Invoke(_session);
            _session.Statement("COMMIT").Run();
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _writes, group.Count);
        }
        catch (Exception exception)
        {
            RollBack();
            foreach (QueuedWrite write in group)
            {
                write.Failure = new IOException(
                    $"Nothing was written to '{_path}', because a commit failed: {exception.Message} Check the disk's space and health.", exception);
            }
        }

        foreach (QueuedWrite write in group)
        {
            write.Complete();
        }
    }

    private void RunOne(QueuedWrite write)
    {
        _session.Statement("SAVEPOINT one").Run();
        try
        {
            write.Run(_session);
            if (!_session.InTransaction)
            {
                throw new InvalidOperationException("A write has ended the transaction of its group, which it must not.");
            }
        }
        catch (Exception exception) when (_session.InTransaction)
        {
            _session.ResetStatements();
            _session.Statement("ROLLBACK TO one").Run();
            write.Failure = exception;
        }

        _session.ResetStatements();
        _session.Statement("RELEASE one").Run();
    }

    private void RollBack()
    {
        try
        {
            _session.ResetStatements();
            if (_session.InTransaction)
            {
                _session.Statement("ROLLBACK").Run();
            }
        }
        catch (Exception exception)
        {
            // The next group's BEGIN fails then, and says so to its writes; nothing is lost without being told.
            Debug.WriteLine(exception);
        }
    }
}
