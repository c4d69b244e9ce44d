using BookingFunctions.Benchmarks.Load;

namespace BookingFunctions.Benchmarks.Runs;

/// <summary>Runs of both servers and of the limit, alternating.</summary>
/// <param name="Embedded">The embedded host's, in the order in which they ran.</param>
/// <param name="Peer">The peer's, each right after the embedded host's of the same place.</param>
/// <param name="Limits">The limit's, each right after these, at as many writes a commit as the embedded host had.</param>
internal sealed record SideBySideFigures(List<TripFigures> Embedded, List<TripFigures> Peer, List<LimitFigures> Limits)
{
    /// <summary>The pairs of runs that had the same plan.</summary>
    public IEnumerable<(TripFigures Embedded, TripFigures Peer, LimitFigures Limit)> Pairs(int concurrency, TripKind kind, bool parallel) => Embedded
        .Zip(Peer, Limits)
        .Where(pair => pair.First.Concurrency == concurrency && pair.First.Kind == kind && pair.First.Parallel == parallel);
}
