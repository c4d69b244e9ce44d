namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Runs of both servers, alternating.</summary>
/// <param name="Local">The local host's, in the order in which they ran.</param>
/// <param name="Peer">The peer's, each right after the local host's of the same place.</param>
internal sealed record SideBySideFigures(List<TripFigures> Local, List<TripFigures> Peer);
