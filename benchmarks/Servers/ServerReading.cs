namespace BookingFunctions.Benchmarks.Servers;

/// <summary>What was counted for a server since its start.</summary>
/// <param name="Process">By Linux, for its processes.</param>
/// <param name="Disk">By Linux, for its disk.</param>
/// <param name="StoredBytes">How much its files have.</param>
/// <param name="Probe">By itself; null if it isn't a .NET process.</param>
internal sealed record ServerReading(ProcessReading Process, DiskReading Disk, long StoredBytes, ProbeReading? Probe);
