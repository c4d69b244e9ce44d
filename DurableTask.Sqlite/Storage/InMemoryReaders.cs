namespace DurableTask.Sqlite.Storage;

/// <summary>Reads from a database in memory, on the calling thread.</summary>
internal sealed class InMemoryReaders(InMemoryFile file, GroupCommitter committer) : ISqliteReaders
{
    private bool isClosed;

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        try
        {
            ObjectDisposedException.ThrowIf(isClosed, typeof(SqliteDatabase));
            return Task.FromResult(committer.Open is null ? Read(file.Session, read) : ReadBesideGroup(read));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        isClosed = true;
        return ValueTask.CompletedTask;
    }

    private T ReadBesideGroup<T>(Func<SqliteSession, T> read)
    {
        var committed = file.OpenCommitted();
        try
        {
            return Read(committed, read);
        }
        finally
        {
            committed.Close();
        }
    }

    private static T Read<T>(SqliteSession session, Func<SqliteSession, T> read)
    {
        try
        {
            session.Statement("BEGIN").Run();
            return read(session);
        }
        finally
        {
            session.ResetStatements();
            session.Statement("COMMIT").Run();
        }
    }
}
