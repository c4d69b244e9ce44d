using BookingFunctions.Trips.Listing;

namespace BookingFunctions.Trips.Starting;

/// <summary>
/// Adds trips to the directory and starts their orchestrations as one write, where one store keeps both: no crash leaves a row whose
/// orchestration was never started.
/// </summary>
public interface IOneStepStart
{
    /// <summary>Adds a trip and starts its <see cref="Orchestrators.BookTrip"/>: both, or neither.</summary>
    /// <param name="entry">The trip's row, with <see cref="TripRow.IsStarted"/> set; its id is the instance's.</param>
    /// <param name="plan">The orchestration's input.</param>
    /// <param name="cancellation">Ends the wait; the trip may be started all the same.</param>
    /// <returns>False if the id is taken, by a row or by an instance: then neither was done.</returns>
    Task<bool> TryStartAsync(TripRow entry, TripPlan plan, CancellationToken cancellation);
}
