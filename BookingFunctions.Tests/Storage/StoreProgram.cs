namespace BookingFunctions.Tests.Storage;

/// <summary>What this assembly does when it is run as a program: what a test does to a process, it can't do to its own.</summary>
public static class StoreProgram
{
    /// <summary>Plays a part.</summary>
    /// <param name="args">The part's name, and the store's file.</param>
    public static Task Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return args[0] switch
        {
            nameof(KilledWriter) => KilledWriter.RunAsync(args[1]),
            nameof(FullDiskHub) => FullDiskHub.RunAsync(args[1]),
            nameof(FullDiskWriter) => FullDiskWriter.RunAsync(args[1]),
            nameof(PowerlessUser) => PowerlessUser.RunAsync(args[1]),
            _ => throw new ArgumentException($"There is no part '{args[0]}'.", nameof(args)),
        };
    }
}
