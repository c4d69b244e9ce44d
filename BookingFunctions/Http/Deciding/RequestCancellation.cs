using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using DurableTask.Core.Exceptions;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Http.Deciding;

/// <summary>Cancels a trip, whether it is being booked or confirmed.</summary>
/// <param name="trips">Knows the trips.</param>
/// <param name="starter">Starts a trip that a crash has left unstarted.</param>
/// <param name="validator">The rules for the body.</param>
/// <param name="options">How long the cancellation waits between polls.</param>
public sealed class RequestCancellation(
    TripReader trips, TripStarter starter, IValidator<CancelBody> validator, IOptions<SagaOptions> options)
{
    // One that was ended from outside is begun anew.
    private static readonly OrchestrationRuntimeStatus[] Enough =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
    ];

    /// <summary>The function.</summary>
    /// <param name="request">The request, with the reason in its body.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="client">Starts the cancellation.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>202 with the trip, 200 with the trip if it is cancelled already, or a problem.</returns>
    [Function(nameof(RequestCancellation))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/trips/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (new QueryReader(request).Problem is { } wrong)
        {
            return wrong;
        }

        if (await trips.ReadAsync(client, id, cancellation) is not { } trip)
        {
            return Problems.UnknownTrip(id);
        }

        var (body, problem) = await JsonBody.ReadAsync(request, validator, cancellation);
        if (body is null)
        {
            return problem!;
        }

        if (trip.Status.Status == TripState.Cancelled)
        {
            return Results.Json(TripView.Of(trip), ApiJson.Options);
        }

        if (trip.IsUnstarted)
        {
            await starter.EnsureStartedAsync(client, trip.Entry!, cancellation);
        }

        try
        {
            var order = new Cancellation(id, body.Reason.GetString()!, options.Value.Undo());
            await client.ScheduleNewOrchestrationInstanceAsync(
                Orchestrators.CancelTrip,
                order,
                new StartOrchestrationOptions(Cancellation.IdOf(id)).WithDedupeStatuses(Enough),
                cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // It is being cancelled already.
        }

        var now = await trips.ReadAsync(client, id, cancellation) ?? trip;
        return Results.Json(TripView.Of(now), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }
}
