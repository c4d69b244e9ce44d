using BookingFunctions.Benchmarks.Load;

namespace BookingFunctions.Benchmarks.Costs;

/// <summary>
/// What a trip may cost at most: what it does cost, and a little more where that isn't the same each time. Whoever makes a
/// trip cheaper lowers them; whoever makes it dearer has a reason, and raises them.
/// </summary>
internal static class CostBounds
{
    /// <summary>The bounds of a kind of trip.</summary>
    public static TripCosts For(TripKind kind) => kind == TripKind.Happy
        ? new() { Writes = 12, Commits = 12, Statements = 150, AllocatedKiB = 170, StoredKiB = 10 }
        : new() { Writes = 19, Commits = 19, Statements = 220, AllocatedKiB = 410, StoredKiB = 26 };
}
