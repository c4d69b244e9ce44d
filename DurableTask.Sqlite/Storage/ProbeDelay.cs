namespace DurableTask.Sqlite.Storage;

/// <summary>How long to wait before it is tried whether a store can be written again.</summary>
internal sealed class ProbeDelay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private TimeSpan next = Shortest;

    /// <summary>The delay before the next probe.</summary>
    public TimeSpan Current { get; private set; } = Shortest;

    /// <summary>Sets the delay, which is twice the one before.</summary>
    public void Advance()
    {
        Current = next;
        next = next * 2 < Longest ? next * 2 : Longest;
    }

    /// <summary>Starts again from the shortest delay.</summary>
    public void Reset() => next = Shortest;
}
