using System.Diagnostics;

namespace DurableTask.Sqlite.Storage;

/// <summary>The transaction of a group of writes, on the committer's connection. What it throws loses the transaction.</summary>
/// <remarks>
/// Hardly any write fails, and a savepoint for each would have SQLite copy the pages that they share again and again. So when one
/// fails by its own fault, the transaction is rolled back and all of the group is made again, this time with a savepoint for each write.
/// A write depends only on the rows before it, so those that were acknowledged come out as before; one that does not loses the transaction.
/// After a damaged page, SQLite can't go on with a transaction: it is made once more without the write that met the page.
/// </remarks>
internal sealed class GroupTransaction(string path, SqliteSession session)
{
    /// <summary>Called before each write is made, each time it is; what it throws is the write's own fault.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Makes those writes of a group that are not made yet. The first ones begin its transaction.</summary>
    public void Make(WriteGroup group)
    {
        if (group.Made == 0)
        {
            session.Statement("BEGIN IMMEDIATE").Run();
        }

        if (!TryMakeRest(group))
        {
            while (!TryMakeAgain(group))
            {
            }
        }
    }

    /// <summary>Commits: on return, the group is on the disk.</summary>
    public void Commit() => session.Statement("COMMIT").Run();

    /// <summary>Rolls back the open transaction, if there is one.</summary>
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
            // The next BEGIN fails then, and its writes with it: nothing is lost silently.
            Debug.WriteLine(exception);
        }
    }

    private bool TryMakeRest(WriteGroup group)
    {
        try
        {
            for (var i = group.Made; i < group.Writes.Count; i++)
            {
                Run(group.Writes[i]);
            }

            return true;
        }
        catch (Exception exception) when (IsOwnFault(exception))
        {
            session.ResetStatements();
            return false;
        }
    }

    private bool TryMakeAgain(WriteGroup group)
    {
        session.Statement("ROLLBACK").Run();
        session.Statement("BEGIN IMMEDIATE").Run();
        for (var i = 0; i < group.Writes.Count; i++)
        {
            // What failed stays failed: its caller may have seen the failure.
            if (group.Writes[i].Failure is null && !TryMakeAlone(group.Writes[i], isAcknowledged: i < group.Made))
            {
                return false;
            }
        }

        return true;
    }

    // False if the transaction can't go on.
    private bool TryMakeAlone(SqliteWrite write, bool isAcknowledged)
    {
        session.Statement("SAVEPOINT one").Run();
        try
        {
            Run(write);
        }
        catch (Exception exception) when (!isAcknowledged && IsOwnFault(exception))
        {
            session.ResetStatements();
            write.Failure = SqliteFaults.Explain(path, exception) ?? exception;
            if (SqliteFaults.IsDamage(exception))
            {
                return false;
            }

            session.Statement("ROLLBACK TO one").Run();
        }

        session.Statement("RELEASE one").Run();
        return true;
    }

    // SQLite may roll back by itself when the disk is full or broken.
    private bool IsOwnFault(Exception exception) => session.InTransaction && !SqliteFaults.IsOfDisk(exception);

    private void Run(SqliteWrite write)
    {
        BeforeWrite?.Invoke();
        write.Run(session);
        session.ResetStatements();
        if (!session.InTransaction)
        {
            throw new InvalidOperationException("A write has ended the transaction of its group, which it must not.");
        }
    }
}
