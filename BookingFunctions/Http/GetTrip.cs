using BookingFunctions.Saga;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http;

/// <summary>Answers how a trip is doing.</summary>
public static class GetTrip
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="client">Knows the trips.</param>
    /// <param name="cancellation">Fires when nobody waits for the answer any more.</param>
    /// <returns>200 with the trip, or 404.</returns>
    [Function(nameof(GetTrip))]
    public static async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/trips/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (!TripId.IsPossible(id))
        {
            return Problems.UnknownTrip(id);
        }

        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        return instance is not null && instance.Name.Equals(nameof(BookTrip), StringComparison.OrdinalIgnoreCase)
            ? Results.Json(TripView.Of(instance), TripJson.Options)
            : Problems.UnknownTrip(id);
    }
}
