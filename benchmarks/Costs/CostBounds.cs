using BookingFunctions.Benchmarks.Load;

namespace BookingFunctions.Benchmarks.Costs;

/// <summary>
/// What a trip may cost at most: its measured costs, and more for those that vary (on a busy machine, a trip is spread over more commits).
/// Lower a bound when trips get cheaper; raise one only for a reason.
/// </summary>
internal static class CostBounds
{
    /// <summary>The bounds of a kind of trip.</summary>
    public static TripCosts For(TripKind kind) => kind == TripKind.Happy
        ? new() { Writes = 11.5, Commits = 3, Statements = 52, AllocatedKiB = 225, StoredKiB = 8 }
        : new() { Writes = 16.5, Commits = 4, Statements = 66, AllocatedKiB = 410, StoredKiB = 13 };
}
