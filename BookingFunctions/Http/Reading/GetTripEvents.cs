using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Http.Reading;

/// <summary>Streams a trip's changes as server-sent events.</summary>
/// <param name="trips">Knows the trips.</param>
/// <param name="options">How long a stream lasts at most.</param>
/// <param name="clock">What waits are measured by.</param>
public sealed class GetTripEvents(TripReader trips, IOptions<EventStreamOptions> options, TimeProvider clock)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="client">Knows the trips.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>
    /// 200 with the stream; 204 for a browser that connects again though it has seen the trip decided, which ends that; or 404.
    /// </returns>
    [Function(nameof(GetTripEvents))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/trips/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } problem)
        {
            return problem;
        }

        // The function's own token is about the host; the request's is about the client too.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, request.HttpContext.RequestAborted);
        if (await trips.FindAsync(client, id, either.Token) is not { } trip)
        {
            return Problems.UnknownTrip(id);
        }

        if (trip.IsDecided && request.Headers["Last-Event-ID"] == trip.Status.ToString())
        {
            return Results.NoContent();
        }

        if (HttpMethods.IsHead(request.Method))
        {
            request.HttpContext.Response.ContentType = TripEventWriter.ContentType;
            return Results.Empty;
        }

        using var enough = new CancellationTokenSource(options.Value.MaxDuration ?? Timeout.InfiniteTimeSpan, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(either.Token, enough.Token);
        try
        {
            var writer = new TripEventWriter(request.HttpContext.Response, clock);
            await writer.RunAsync(trip, ct => trips.FindAsync(client, id, ct), any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            // The client has left, the host stops, or the time is up: the trip goes on by itself.
        }

        return Results.Empty;
    }
}
