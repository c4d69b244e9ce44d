namespace BookingFunctions.Simulation.Functions;

/// <summary>The input of <see cref="Sender"/>.</summary>
/// <param name="Target">The instance that gets the events.</param>
/// <param name="Count">How many.</param>
public sealed record SendOrder(string Target, int Count);
