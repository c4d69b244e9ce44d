namespace DurableTask.Sqlite.Storage;

/// <summary>How long to wait before it is tried whether a store can be written again.</summary>
internal sealed class ProbeDelay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>The delay before the next probe.</summary>
    public TimeSpan Current { get; private set; } = Shortest;

    /// <summary>Doubles the delay.</summary>
    public void Grow() => Current = Current * 2 < Longest ? Current * 2 : Longest;

    /// <summary>Starts again from the shortest delay.</summary>
    public void Reset() => Current = Shortest;
}
