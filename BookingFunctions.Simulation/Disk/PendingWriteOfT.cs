namespace BookingFunctions.Simulation.Disk;

/// <summary>A write with a result.</summary>
/// <param name="what">What it is, for the trace.</param>
/// <param name="write">Makes the change; its task is completed when it returns.</param>
internal sealed class PendingWrite<T>(string what, Func<FileContents, Task<T>> write) : PendingWrite(what)
{
    // Its continuations have schedulers of their own, so none runs within the call that completes it.
    private readonly TaskCompletionSource<T> done = new();
    private T? result;

    public Task<T> Task => done.Task;

    public override void Make(FileContents contents) => result = write(contents).GetAwaiter().GetResult();

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
