namespace BookingFunctions.Simulation.Disk;

/// <summary>A write that waits for its group to become durable.</summary>
/// <param name="what">What it is, for the trace.</param>
internal abstract class PendingWrite(string what)
{
    public string What => what;

    /// <summary>Makes the change on the image.</summary>
    public abstract void Apply();

    /// <summary>Tells the caller what became of it.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that it failed, and left nothing.</summary>
    public abstract void Fail(Exception exception);
}
