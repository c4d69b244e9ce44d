namespace BookingFunctions.Simulation.Disk;

/// <summary>A write that waits for its group to become durable.</summary>
/// <param name="what">What it is, for the trace.</param>
internal abstract class PendingWrite(string what)
{
    public string What => First is null ? what : $"{First.What} and {what}";

    /// <summary>A write that is made as one with this one, and before it; null for none.</summary>
    public PendingWrite? First { get; set; }

    /// <summary>Why it failed, and left nothing; null if it didn't.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether its caller is told of the result as soon as it is made, before it is durable.</summary>
    public virtual bool IsAhead => false;

    /// <summary>Whether its caller was told of the result, though it isn't durable yet.</summary>
    public virtual bool IsTold => false;

    /// <summary>Tells the caller of a write that is ahead of its result.</summary>
    public virtual void Tell()
    {
    }

    /// <summary>Makes the change.</summary>
    public abstract void Make(FileContents contents);

    /// <summary>Tells the caller what became of it.</summary>
    public abstract void Complete();
}
