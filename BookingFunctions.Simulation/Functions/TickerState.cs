namespace BookingFunctions.Simulation.Functions;

/// <summary>The input of <see cref="Ticker"/>.</summary>
/// <param name="Left">How often it is still to tick.</param>
/// <param name="Done">How often it has.</param>
public sealed record TickerState(int Left, int Done);
