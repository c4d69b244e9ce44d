using BookingFunctions.Saga;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Activities;

/// <summary>Reads a trip for its cancellation.</summary>
/// <param name="trips">Knows the trips.</param>
public sealed class ReadTrip(TripReader trips)
{
    /// <summary>The activity.</summary>
    /// <param name="tripId">The trip's id.</param>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.ReadTrip)]
    public async Task<ReadTripOutput> RunAsync(
        [ActivityTrigger] string tripId, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var trip = await trips.ReadAsync(client, tripId, cancellation);
        return trip is null
            ? new ReadTripOutput(false, null, TripStatus.New)
            : new ReadTripOutput(trip.IsRunning, trip.Plan, trip.OwnStatus);
    }
}
