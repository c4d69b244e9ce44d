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
        ? new() { Writes = 12.5, Commits = 7, Statements = 64, AllocatedKiB = 270, StoredKiB = 9 }
        : new() { Writes = 19.5, Commits = 11, Statements = 96, AllocatedKiB = 830, StoredKiB = 28.5 };
}
