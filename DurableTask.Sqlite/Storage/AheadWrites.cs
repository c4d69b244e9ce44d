namespace DurableTask.Sqlite.Storage;

/// <summary>
/// The writes of one run of an activity that it was told of before they were durable. Its outcome is kept by a later write, which
/// must not be made unless these are.
/// </summary>
internal sealed class AheadWrites
{
    private static readonly AsyncLocal<AheadWrites?> Of = new();

    private readonly List<Task> writes = [];

    /// <summary>Those of the activity that the caller is a part of; null if it is none.</summary>
    public static AheadWrites? Current => Of.Value;

    /// <summary>What was written so far: each task completes once its write is durable, or fails as the write does.</summary>
    public IReadOnlyList<Task> Taken
    {
        get
        {
            lock (writes)
            {
                return writes.Count == 0 ? [] : [.. writes];
            }
        }
    }

    /// <summary>Collects the writes of what the calling async method does from here on.</summary>
    public void Collect() => Of.Value = this;

    public void Add(Task durable)
    {
        lock (writes)
        {
            writes.Add(durable);
        }
    }
}
