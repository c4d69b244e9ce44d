using BookingFunctions.Benchmarks.Load;

namespace BookingFunctions.Benchmarks.Costs;

/// <summary>
/// What a trip may cost at most: its measured costs, and a little more for those that vary. Lower a bound when trips get cheaper; raise one
/// only for a reason.
/// </summary>
internal static class CostBounds
{
    /// <summary>The bounds of a kind of trip.</summary>
    public static TripCosts For(TripKind kind) => kind == TripKind.Happy
        ? new() { Writes = 11.5, Commits = 6, Statements = 59, AllocatedKiB = 240, StoredKiB = 8 }
        : new() { Writes = 16.5, Commits = 9, Statements = 83, AllocatedKiB = 430, StoredKiB = 13 };
}
