namespace LocalRuntime.Engine.Dispatch;

/// <summary>Counts what is going on, and tells when nothing is.</summary>
internal sealed class PendingCount
{
    private readonly Lock gate = new();
    private int count;
    private TaskCompletionSource? none;

    public void Add()
    {
        lock (gate)
        {
            count++;
        }
    }

    public void Remove()
    {
        lock (gate)
        {
            if (--count == 0)
            {
                none?.TrySetResult();
                none = null;
            }
        }
    }

    /// <summary>Completes when the count is zero.</summary>
    public Task WaitForNoneAsync()
    {
        lock (gate)
        {
            return count == 0
                ? Task.CompletedTask
                : (none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
