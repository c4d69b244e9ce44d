namespace BookingFunctions.Simulation.Disk;

/// <summary>A fault of the disk that the seed has drawn.</summary>
/// <param name="message">What failed.</param>
internal sealed class SimulatedDiskException(string message) : IOException(message);
