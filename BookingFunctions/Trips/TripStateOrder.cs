namespace BookingFunctions.Trips;

/// <summary>The order in which a trip goes through its states. It skips some, and never goes back.</summary>
public static class TripStateOrder
{
    private static readonly TripState[] Order =
        [TripState.Booking, TripState.Confirmed, TripState.RollingBack, TripState.NeedsAttention, TripState.Cancelled];

    /// <summary>Whether a state comes later than another.</summary>
    /// <param name="state">The state.</param>
    /// <param name="other">The other.</param>
    public static bool IsAfter(this TripState state, TripState other) => Array.IndexOf(Order, state) > Array.IndexOf(Order, other);
}
