namespace DurableTask.Sqlite.Storage;

/// <summary>Writes that are made in one transaction, and become durable together.</summary>
internal sealed class WriteGroup
{
    /// <summary>The writes, in their order.</summary>
    public List<QueuedWrite> Writes { get; } = [];

    /// <summary>How many of them are made: the first so many.</summary>
    public int Made { get; set; }

    /// <summary>Whether nobody waits for it to become durable.</summary>
    public bool IsAhead => Writes.TrueForAll(write => write.IsAhead);

    /// <summary>Completes its writes, with their results or with why they failed.</summary>
    public void Complete()
    {
        foreach (QueuedWrite write in Writes)
        {
            if (write.First is { } first)
            {
                first.Failure = write.Failure;
                first.Complete();
            }

            write.Complete();
        }
    }
}
