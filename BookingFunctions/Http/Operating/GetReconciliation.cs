using BookingFunctions.Reconciliation;
using BookingFunctions.Storage;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http.Operating;

/// <summary>Compares every live reservation with its trip: the proof that it is all or nothing.</summary>
/// <param name="directory">Has the trips.</param>
/// <param name="trips">Knows how a trip is doing.</param>
/// <param name="reservations">Has the reservations.</param>
/// <param name="clock">What silences are measured by.</param>
public sealed class GetReconciliation(
    ITripDirectory directory, TripReader trips, IReservationStore reservations, TimeProvider clock)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Knows the trips.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>200 with what doesn't match, written as it is found.</returns>
    [Function(nameof(GetReconciliation))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "api/reconciliation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } problem)
        {
            return problem;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, request.HttpContext.RequestAborted);
        var reconciler = new Reconciler(directory, reservations, ReadAsync);
        await new ReconciliationWriter(request.HttpContext.Response, clock).WriteAsync(reconciler, either.Token);
        return Results.Empty;

        async Task<TripState?> ReadAsync(string id, CancellationToken ct) => (await trips.FindAsync(client, id, ct))?.Status;
    }
}
