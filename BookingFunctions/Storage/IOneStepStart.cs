namespace BookingFunctions.Storage;

/// <summary>
/// Adds trips to the directory and starts them in one step, where one store keeps both: then a crash leaves no trip that is in the
/// directory and was not started, and a start takes one write.
/// </summary>
public interface IOneStepStart
{
    /// <summary>Adds a trip and starts its orchestration: both, or neither.</summary>
    /// <param name="entry">The trip, which says that it is started.</param>
    /// <param name="schedule">Schedules the orchestration.</param>
    /// <returns>False if the trip's id is taken: then neither was done.</returns>
    Task<bool> TryStartAsync(TripEntry entry, Func<Task> schedule);
}
