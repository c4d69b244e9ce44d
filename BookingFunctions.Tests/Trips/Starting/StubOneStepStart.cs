using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;

namespace BookingFunctions.Tests.Trips.Starting;

/// <summary>Starts of a row and its orchestration in one write, which are only noted; one id is taken.</summary>
internal sealed class StubOneStepStart(string taken) : IOneStepStart
{
    public List<(TripRow Entry, TripPlan Plan)> Starts { get; } = [];

    public Task<bool> TryStartAsync(TripRow entry, TripPlan plan, CancellationToken cancellation)
    {
        Starts.Add((entry, plan));
        return Task.FromResult(entry.Id != taken);
    }
}
