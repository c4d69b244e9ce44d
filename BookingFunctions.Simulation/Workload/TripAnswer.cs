using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;

namespace BookingFunctions.Simulation.Workload;

/// <summary>What the trip API has answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Trip">The trip, or null if the answer has none.</param>
internal sealed record TripAnswer(int Status, TripView? Trip)
{
    /// <summary>The id of the trip that was started, or null.</summary>
    public string? TripId { get; init; }
}
