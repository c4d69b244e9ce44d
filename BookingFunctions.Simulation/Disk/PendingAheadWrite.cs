namespace BookingFunctions.Simulation.Disk;

/// <summary>A write of an activity, which is told of its result as soon as it is made, before it is durable.</summary>
/// <param name="what">What it is, for the trace.</param>
/// <param name="write">Makes the change; its task is completed when it returns.</param>
internal sealed class PendingAheadWrite<T>(string what, Func<FileContents, Task<T>> write) : PendingWrite(what)
{
    private readonly TaskCompletionSource<T> told = new();
    private readonly TaskCompletionSource durable = new();
    private T? result;

    public Task<T> Task => told.Task;

    /// <summary>Completes once the write is durable; fails if it does not become so after its caller was told that it was made.</summary>
    public Task Durable => durable.Task;

    public override bool IsAhead => true;

    public override bool IsTold => told.Task.IsCompleted;

    public override void Make(FileContents contents) => result = write(contents).GetAwaiter().GetResult();

    public override void Tell() => told.TrySetResult(result!);

    public override void Complete()
    {
        if (Failure is null)
        {
            told.TrySetResult(result!);
            durable.SetResult();
        }
        else if (told.TrySetException(Failure))
        {
            // Who is told of the failure itself assumes nothing.
            durable.SetResult();
        }
        else
        {
            durable.SetException(Failure);
            _ = durable.Task.Exception;
        }
    }
}
