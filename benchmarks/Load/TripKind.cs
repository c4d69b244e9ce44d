namespace BookingFunctions.Benchmarks.Load;

/// <summary>What becomes of the trips that are posted.</summary>
internal enum TripKind
{
    /// <summary>They are confirmed.</summary>
    Happy,

    /// <summary>Their flight is refused, after the car and the hotel were booked: both are undone.</summary>
    RolledBack,
}
