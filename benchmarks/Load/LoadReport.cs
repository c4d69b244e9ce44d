namespace BookingFunctions.Benchmarks.Load;

/// <summary>What a load generator has to say: a line of JSON on its output each time.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Trips">How many trips were answered as they should be, since the warm-up ended.</param>
/// <param name="Result">What was measured; only in the last report.</param>
internal sealed record LoadReport(LoadPhase Phase, long Trips, LoadResult? Result = null);
