namespace BookingFunctions.Simulation.Worlds;

/// <summary>The code that a process runs, for orchestrators that change.</summary>
/// <param name="Number">Its number, from 1.</param>
public sealed record CodeVersion(int Number);
