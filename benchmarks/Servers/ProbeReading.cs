namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What a .NET process has counted since its start.</summary>
/// <param name="AllocatedBytes">How much it has allocated.</param>
/// <param name="PauseSeconds">How long garbage collections have stopped it.</param>
/// <param name="HeapBytes">How much its heap has now.</param>
/// <param name="Counters">The counters of its meters, by name.</param>
internal sealed record ProbeReading(long AllocatedBytes, double PauseSeconds, long HeapBytes, Dictionary<string, long> Counters);
