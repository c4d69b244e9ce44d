namespace BookingFunctions.Simulation.Worlds;

/// <summary>Something that must always hold does not.</summary>
/// <param name="message">What, and of which instance.</param>
internal sealed class InvariantException(string message) : Exception(message);
