namespace LocalRuntime.Storage;

/// <summary>A write with a result.</summary>
internal sealed class QueuedWrite<T>(Func<SqliteSession, T> write) : QueuedWrite
{
    // The writer must not run what callers do next.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Run(SqliteSession session) => _result = write(session);

    public override void Complete()
    {
        if (Failure is null)
        {
            _done.SetResult(_result!);
        }
        else
        {
            _done.SetException(Failure);
        }
    }
}
