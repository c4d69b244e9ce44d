namespace DurableTask.Sqlite.Storage;

/// <summary>Reads from a database in memory, on the calling thread.</summary>
internal sealed class InMemoryReaders(InMemoryFile file) : ISqliteReaders
{
    private bool isClosed;

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (file.Pause is null)
        {
            return Read(read);
        }

        await file.Pause();
        var result = Read(read);
        await file.Pause();
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    public ValueTask DisposeAsync()
    {
        isClosed = true;
        return ValueTask.CompletedTask;
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(isClosed, typeof(SqliteDatabase));
        var session = file.Committed;
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
