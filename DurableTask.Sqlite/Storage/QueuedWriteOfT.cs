namespace DurableTask.Sqlite.Storage;

/// <summary>A write with a result.</summary>
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> write) : QueuedWrite
{
    // The writer must not run what callers do next.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Task => done.Task;

    public override void Run(SqliteSession session) => result = write(session);

    public override void Complete()
    {
        if (Failure is null)
        {
            done.SetResult(result!);
        }
        else
        {
            done.SetException(Failure);
        }
    }
}
