namespace BookingFunctions.Trips;

/// <summary>The names of the orchestrators of a trip, by which it is started and read.</summary>
public static class Orchestrators
{
    /// <summary>Books a trip. Its instance has the trip's id, and gets a <see cref="TripPlan"/>.</summary>
    public const string BookTrip = nameof(BookTrip);

    /// <summary>Cancels a trip. It gets a <see cref="Deciding.Cancellation"/>, which also says its instance's id.</summary>
    public const string CancelTrip = nameof(CancelTrip);
}
