using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http.Reading;

/// <summary>Answers how a trip is doing.</summary>
/// <param name="trips">Knows the trips.</param>
public sealed class GetTrip(TripReader trips)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200 with the trip, 404, or 400 for a parameter that there isn't.</returns>
    [Function(nameof(GetTrip))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/trips/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        new QueryReader(request).Problem is { } problem ? problem
        : await trips.FindAsync(client, id, cancellation) is { } trip ? Results.Json(trip, ApiJson.Options) : Problems.UnknownTrip(id);
}
