namespace BookingFunctions.Simulation.Worlds;

/// <summary>What a caller knows of a call that it has made.</summary>
/// <param name="IsKnown">Whether the answer came before the process ended.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record Answer(bool IsKnown, Exception? Error)
{
    /// <summary>It was done, and is durable.</summary>
    public static Answer Done { get; } = new(true, null);

    /// <summary>The process has ended: it may have been done, or not.</summary>
    public static Answer Unknown { get; } = new(false, null);

    public bool IsDone => IsKnown && Error is null;

    public static Answer Refused(Exception error) => new(true, error);

    public override string ToString() => !IsKnown ? "no answer" : Error is null ? "done" : $"refused, {Error.GetType().Name}";
}
