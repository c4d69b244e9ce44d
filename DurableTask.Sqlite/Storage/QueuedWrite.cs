namespace DurableTask.Sqlite.Storage;

/// <summary>A write that waits for its group, and for the group's commit.</summary>
internal abstract class QueuedWrite
{
    /// <summary>A write that is made as one with this one, and before it; null for none.</summary>
    public QueuedWrite? First { get; set; }

    /// <summary>Why the write failed, if it did: it is told once its group is committed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether its caller is told of the result as soon as it is made, before it is durable.</summary>
    public virtual bool IsAhead => false;

    /// <summary>Whether its caller was told of the result, though it isn't durable yet.</summary>
    public virtual bool IsTold => false;

    /// <summary>Tells the caller of a write that is ahead of its result.</summary>
    public virtual void Tell()
    {
    }

    /// <summary>Makes the changes, within the group's transaction.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Completes the write's task: with its result, or with its failure.</summary>
    public abstract void Complete();
}
