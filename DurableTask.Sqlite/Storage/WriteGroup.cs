namespace DurableTask.Sqlite.Storage;

/// <summary>Writes that are made in one transaction, and become durable together.</summary>
internal sealed class WriteGroup
{
    private readonly TaskCompletionSource durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the group is on the disk, or rolled back; fails if neither can be told.</summary>
    public Task Durable => durable.Task;

    /// <summary>The writes, in their order.</summary>
    public List<SqliteWrite> Writes { get; } = [];

    /// <summary>How many of them are made and acknowledged: the first so many.</summary>
    public int Made { get; set; }

    /// <summary>How long the group may stay open for other writes: zero as soon as it has one that can't wait.</summary>
    public TimeSpan Linger { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Adds a write that is to be made.</summary>
    public void Add(SqliteWrite write)
    {
        Writes.Add(write);
        Linger = write.Linger < Linger ? write.Linger : Linger;
    }

    /// <summary>Acknowledges those that were made since the last call.</summary>
    public void Acknowledge()
    {
        for (; Made < Writes.Count; Made++)
        {
            Writes[Made].Acknowledge();
        }
    }

    /// <summary>Completes its writes once they are on the disk.</summary>
    public void Complete()
    {
        Writes.ForEach(write => write.Complete());
        durable.SetResult();
    }

    /// <summary>Fails its writes.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="isVisible">Whether it was committed, so that readers may have seen it.</param>
    public void Fail(StoreUnavailableException failure, bool isVisible)
    {
        Writes.ForEach(write => write.Fail(failure));
        if (isVisible)
        {
            durable.SetException(failure);
            _ = durable.Task.Exception;
        }
        else
        {
            durable.SetResult();
        }
    }
}
