namespace BookingFunctions.Simulation.Functions;

/// <summary>How a <see cref="Sleeper"/> has slept.</summary>
/// <param name="Naps">How often.</param>
/// <param name="Early">How often its timer fired before it was due.</param>
public sealed record SleeperResult(int Naps, int Early);
