namespace BookingFunctions.Simulation.Disk;

/// <summary>A write with a result.</summary>
/// <param name="what">What it is, for the trace.</param>
/// <param name="write">Makes the change; its task is completed when it returns.</param>
internal sealed class PendingWrite<T>(string what, Func<Task<T>> write) : PendingWrite(what)
{
    // Its continuations have schedulers of their own, so none runs within the call that completes it.
    private readonly TaskCompletionSource<T> done = new();
    private Task<T>? outcome;

    public Task<T> Task => done.Task;

    public override void Apply() => outcome = write();

    public override void Complete() => done.SetFromTask(outcome!);

    public override void Fail(Exception exception) => done.SetException(exception);
}
