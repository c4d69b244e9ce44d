using System.Collections.Concurrent;

namespace LocalRuntime.Storage;

/// <summary>Connections that read, each from one moment's view of the database, beside the writer and each other.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open) : IAsyncDisposable
{
    private static readonly int s_maxReaders = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim _slots = new(s_maxReaders);
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private volatile bool _closed;

    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);

        // Off the caller's thread, because it may wait for the disk. The slot is given back by the read itself: it goes
        // on when the caller has stopped waiting.
        return await Task.Run(() => Read(read), CancellationToken.None).WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        for (int slot = 0; slot < s_maxReaders; slot++)
        {
            await _slots.WaitAsync();
        }

        while (_idle.TryPop(out SqliteSession? session))
        {
            session.Close();
        }

        // Whoever still waits for a slot gets one, and is told that the database is closed: so the slots aren't disposed.
        _slots.Release(s_maxReaders);
    }

    private T Read<T>(Func<SqliteSession, T> read)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(SqliteDatabase));
            if (!_idle.TryPop(out SqliteSession? session))
            {
                session = open();
            }

            return Read(session, read);
        }
        finally
        {
            _slots.Release();
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
                _idle.Push(session);
            }
            else
            {
                // A read that failed is rare: a new connection is simpler than finding out what state this one is in.
                session.Close();
            }
        }
    }
}
