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
        ? new() { Writes = 11, Commits = 8, Statements = 84, AllocatedKiB = 136, StoredKiB = 9 }
        : new() { Writes = 18, Commits = 13, Statements = 134, AllocatedKiB = 302, StoredKiB = 28 };
}
