namespace BookingFunctions.Trips.Starting;

/// <summary>A request for a trip that keeps all the rules.</summary>
/// <param name="Trip">What to book.</param>
/// <param name="Attempts">How often each leg is tried at most; null for the default.</param>
/// <param name="Parallel">Whether the legs are booked at once.</param>
/// <param name="DeadlineSeconds">After how many seconds an undecided trip is given up; null for never.</param>
public sealed record TripOrder(TripRequest Trip, int? Attempts, bool Parallel = false, int? DeadlineSeconds = null)
{
    /// <summary>The order that a plan was made of, with its defaults spelled out.</summary>
    /// <param name="plan">The plan.</param>
    public static TripOrder Of(TripPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new TripOrder(plan.Trip, plan.Booking.Attempts, plan.Parallel, plan.DeadlineSeconds);
    }
}
