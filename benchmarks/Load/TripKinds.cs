namespace BookingFunctions.Benchmarks.Load;

/// <summary>Names kinds of trips.</summary>
internal static class TripKinds
{
    /// <summary>A kind in words, such as <c>confirmed, legs in order</c>.</summary>
    public static string Describe(TripKind kind, bool parallel) =>
        $"{(kind == TripKind.Happy ? "confirmed" : "rolled back")}, {(parallel ? "legs at once" : "legs in order")}";
}
