namespace DurableTask.Sqlite.Storage;

/// <summary>A write with a result.</summary>
public sealed class SqliteWrite<T> : SqliteWrite
{
    private readonly TaskCompletionSource<T> made;
    private readonly Func<SqliteSession, T> write;
    private T? result;

    internal SqliteWrite(Func<SqliteSession, T> write, TaskCreationOptions options)
        : base(options)
    {
        this.write = write;
        made = new(options);
    }

    /// <summary>
    /// Runs once, on the thread that writes, when the write is made and before <see cref="Made"/> completes: so what it does happens
    /// in the order of the writes. It must not throw or wait.
    /// </summary>
    internal Action<T>? OnMade { get; init; }

    /// <summary>
    /// Completes with the result once the write is made in the open group, before it is durable (acknowledged before commit). What
    /// is written because of it is committed with it or after it. Fails with the write's own exception, or with
    /// <see cref="StoreUnavailableException"/> if the transaction was lost before.
    /// </summary>
    public Task<T> Made => made.Task;

    internal override void Run(SqliteSession session) => result = write(session);

    internal override void Acknowledge()
    {
        if (Failure is null)
        {
            OnMade?.Invoke(result!);
            made.TrySetResult(result!);
        }
        else
        {
            FailMade(Failure);
        }
    }

    internal override void Fail(Exception exception)
    {
        FailMade(exception);
        base.Fail(exception);
    }

    private void FailMade(Exception exception)
    {
        made.TrySetException(exception);
        _ = made.Task.Exception;
    }
}
