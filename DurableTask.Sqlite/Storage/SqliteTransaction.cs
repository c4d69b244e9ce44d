using System.Diagnostics;

namespace DurableTask.Sqlite.Storage;

/// <summary>Makes groups of writes, each in one transaction of the writer's connection.</summary>
internal sealed class SqliteTransaction(string path, SqliteSession session, SqliteFreeSpace freeSpace)
{
    // Why the open group can't be committed any more.
    private StoreUnavailableException? failure;

    /// <summary>Runs at the end of each group, before its commit.</summary>
    public Action<SqliteSession>? BeforeCommit { get; set; }

    /// <summary>Whether there was much free space in the file, at the last commit.</summary>
    public bool SeesFreeSpace { get; private set; }

    /// <summary>Makes those writes of a group that are not made yet. The first ones begin its transaction.</summary>
    public void Run(WriteGroup group)
    {
        if (failure is not null)
        {
            return;
        }

        try
        {
            if (group.Made == 0)
            {
                session.Statement("BEGIN IMMEDIATE").Run();
            }

            if (!TryRunAll(group))
            {
                session.Statement("ROLLBACK").Run();
                session.Statement("BEGIN IMMEDIATE").Run();
                group.Writes.ForEach(RunAlone);
            }

            for (; group.Made < group.Writes.Count; group.Made++)
            {
                if (group.Writes[group.Made] is { Failure: null } made)
                {
                    made.Tell();
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>Commits a group; if that fails, all of its writes do, and leave nothing.</summary>
    /// <returns>Whether it is durable.</returns>
    public bool TryCommit(WriteGroup group)
    {
        try
        {
            if (failure is null)
            {
                BeforeCommit?.Invoke(session);
                SeesFreeSpace = freeSpace.IsMuch();
                session.Statement("COMMIT").Run();
                return true;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        group.Writes.ForEach(write => write.Failure = failure);
        failure = null;
        return false;
    }

    /// <summary>Rolls back whatever is open.</summary>
    public void RollBack()
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

    private void Fail(Exception exception)
    {
        RollBack();
        failure = new StoreUnavailableException(
            $"Nothing was written to '{path}', because a commit failed: {exception.Message} Check the disk's space and health.", exception);
    }

    // Hardly any write fails, and a savepoint for each would have SQLite copy the pages that they share again and again.
    private bool TryRunAll(WriteGroup group)
    {
        try
        {
            for (int i = group.Made; i < group.Writes.Count; i++)
            {
                Run(group.Writes[i]);
                session.ResetStatements();
            }

            return true;
        }
        catch (Exception) when (session.InTransaction)
        {
            session.ResetStatements();
            return false;
        }
    }

    // What was told may be what later writes of the group rest on: if it fails now, so does the group.
    // What had failed before stays so, as they rest on that, too.
    private void RunAlone(QueuedWrite write)
    {
        if (write.Failure is not null)
        {
            return;
        }

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
}
