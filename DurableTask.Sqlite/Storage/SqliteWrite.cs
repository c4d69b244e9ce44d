namespace DurableTask.Sqlite.Storage;

/// <summary>A write in the committer's queue or in its open group.</summary>
public abstract class SqliteWrite
{
    private readonly TaskCompletionSource durable;

    private protected SqliteWrite(TaskCreationOptions options) => durable = new(options);

    /// <summary>
    /// Completes once the write is on the disk. Fails with the write's own exception once its group is on the disk, or with
    /// <see cref="StoreUnavailableException"/> if its transaction was lost.
    /// </summary>
    public Task Durable => durable.Task;

    /// <summary>How long its group may stay open for other writes, unless one of these can't wait.</summary>
    internal TimeSpan Linger { get; init; }

    /// <summary>What the write itself threw, if it did.</summary>
    internal Exception? Failure { get; set; }

    /// <summary>Makes the changes, within the group's transaction. It may run again if another write of the group fails.</summary>
    internal abstract void Run(SqliteSession session);

    /// <summary>Completes the task of a write that is made: with its result, or with its failure.</summary>
    internal abstract void Acknowledge();

    /// <summary>Completes the write once its group is on the disk.</summary>
    internal void Complete()
    {
        if (Failure is null)
        {
            durable.TrySetResult();
        }
        else
        {
            FailDurable(Failure);
        }
    }

    /// <summary>Fails a write that was not made, or whose transaction was lost.</summary>
    internal virtual void Fail(Exception exception) => FailDurable(exception);

    private void FailDurable(Exception exception)
    {
        durable.TrySetException(exception);

        // A caller that awaits only one of the tasks leaves no unobserved exception behind.
        _ = durable.Task.Exception;
    }
}
