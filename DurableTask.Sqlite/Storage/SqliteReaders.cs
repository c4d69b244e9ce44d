using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace DurableTask.Sqlite.Storage;

/// <summary>Connections that read, each from one moment's view of the database, beside the writer and each other.</summary>
internal sealed class SqliteReaders(string path) : ISqliteReaders
{
    private static readonly int MaxReaders = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim slots = new(MaxReaders);
    private readonly ConcurrentStack<SqliteSession> idle = new();
    private volatile bool closed;

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);

        // Off the caller's thread, because it may wait for the disk. The slot is given back by the read itself: it goes
        // on when the caller has stopped waiting.
        return await Task.Run(() => Read(read), CancellationToken.None).WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (int slot = 0; slot < MaxReaders; slot++)
        {
            await slots.WaitAsync();
        }

        while (idle.TryPop(out SqliteSession? session))
        {
            session.Close();
        }

        // A caller that still waits for a slot gets one, and then the error that the database is closed: so the slots aren't disposed.
        slots.Release(MaxReaders);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        try
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteDatabase));
            if (!idle.TryPop(out SqliteSession? session))
            {
                session = SqliteFile.OpenReader(path);
            }

            return Read(session, read);
        }
        catch (SqliteException exception) when (SqliteFaults.Explain(path, exception) is { } fault)
        {
            throw fault;
        }
        finally
        {
            slots.Release();
        }
    }

    private T Read<T>(SqliteSession session, Func<SqliteSession, T> read)
    {
        bool usable = false;
        try
        {
            session.Statement("BEGIN").Run();
            T result = read(session);
            session.ResetStatements();
            session.Statement("COMMIT").Run();
            usable = true;
            return result;
        }
        finally
        {
            if (usable)
            {
                idle.Push(session);
            }
            else
            {
                // A read that failed is rare: a new connection is simpler than finding out what state this one is in.
                session.Close();
            }
        }
    }
}
