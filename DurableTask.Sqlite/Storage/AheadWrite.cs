namespace DurableTask.Sqlite.Storage;

/// <summary>A write whose caller is told of its result as soon as it is made, before it is durable.</summary>
internal sealed class AheadWrite<T>(Func<SqliteSession, T> write) : QueuedWrite
{
    private readonly TaskCompletionSource<T> told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    /// <summary>The result, which isn't durable yet.</summary>
    public Task<T> Task => told.Task;

    /// <summary>Completes once the write is durable; fails if it does not become so, after its caller was told that it was made.</summary>
    public Task Durable => durable.Task;

    public override bool IsAhead => true;

    public override bool IsTold => told.Task.IsCompleted;

    public override void Run(SqliteSession session) => result = write(session);

    public override void Tell() => told.TrySetResult(result!);

    public override void Complete()
    {
        if (Failure is null)
        {
            told.TrySetResult(result!);
            durable.SetResult();
            return;
        }

        // Who is told of the failure itself assumes nothing.
        if (told.TrySetException(Failure))
        {
            durable.SetResult();
            return;
        }

        durable.SetException(Failure);

        // Whoever has to know looks at it; it isn't an error that nobody has seen.
        _ = durable.Task.Exception;
    }
}
