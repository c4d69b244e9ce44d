namespace BookingFunctions.Benchmarks.Runs;

/// <summary>What trips cost that wait for a timer.</summary>
/// <param name="Trips">How many wait.</param>
/// <param name="BytesBefore">The host's memory before them, warmed up.</param>
/// <param name="BytesAfter">The host's memory with them.</param>
/// <param name="RestartedBytes">The host's memory with them, after a restart.</param>
/// <param name="RestartSeconds">How long that restart took to the first answer.</param>
internal sealed record WaitingFigures(int Trips, long BytesBefore, long BytesAfter, long RestartedBytes, double RestartSeconds);
