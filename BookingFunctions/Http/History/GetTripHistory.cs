using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using DurableTask.Core.History;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http.History;

/// <summary>Answers everything that happened to a trip.</summary>
/// <param name="directory">Has the trips whose history is gone.</param>
public sealed class GetTripHistory(ITripDirectory directory)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="client">Knows the trips.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200 with the history, 404, or 410 if it was purged.</returns>
    [Function(nameof(GetTripHistory))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/trips/{id}/history")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } problem)
        {
            return problem;
        }

        if (!TripId.IsPossible(id))
        {
            return Problems.UnknownTrip(id);
        }

        var histories = new List<(string InstanceId, IEnumerable<HistoryEvent> Events)>();
        var instances = new[] { (id, Orchestrators.BookTrip), (Cancellation.IdOf(id), Orchestrators.CancelTrip) };
        foreach (var (instanceId, orchestrator) in instances)
        {
            if (await ReadAsync(client, instanceId, orchestrator, cancellation) is { } events)
            {
                histories.Add((instanceId, events));
            }
        }

        return histories.Count > 0 ? Results.Json(TripHistory.Of(id, histories), ApiJson.Options)
            : await directory.FindAsync(id, cancellation) is null ? Problems.UnknownTrip(id)
            : Problems.HistoryGone(id);
    }

    private static async Task<IList<HistoryEvent>?> ReadAsync(
        DurableTaskClient client, string instanceId, string orchestrator, CancellationToken cancellation)
    {
        var instance = await client.GetInstanceAsync(instanceId, cancellation);
        if (instance is null || !instance.Name.Equals(orchestrator, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return await client.GetOrchestrationHistoryAsync(instanceId, cancellation);
        }
        catch (ArgumentException)
        {
            // Purged in between.
            return null;
        }
    }
}
