using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Reading;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http.Deciding;

/// <summary>Takes an operator's decision about a leg that could not be undone.</summary>
/// <param name="trips">Knows the trips.</param>
/// <param name="decider">Takes decisions.</param>
/// <param name="validator">The rules for the body.</param>
/// <param name="caller">Knows who decides.</param>
/// <param name="clock">Says when it was decided.</param>
public sealed class DecideUndo(TripReader trips, UndoDecider decider, IValidator<UndoBody> validator, Caller caller, TimeProvider clock)
{
    /// <summary>The function.</summary>
    /// <param name="request">The request, with the decision as its body.</param>
    /// <param name="id">The trip's id.</param>
    /// <param name="leg">The leg.</param>
    /// <param name="client">Raises the event.</param>
    /// <param name="cancellation">Cancelled when the client disconnects or the host stops.</param>
    /// <returns>
    /// 202 with the trip; 404 for an unknown trip or leg; 409 if the leg doesn't wait for a decision, or has one; or another problem.
    /// </returns>
    [Function(nameof(DecideUndo))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/trips/{id}/legs/{leg}/undo")] HttpRequest request,
        string id,
        string leg,
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

        if (Enum.GetValues<Leg>().Where(known => known.ToName() == leg).Select(known => (Leg?)known).FirstOrDefault() is not { } found)
        {
            return Problems.UnknownLeg(leg);
        }

        var (body, problem) = await JsonBody.ReadAsync(request, validator, cancellation);
        if (body is null)
        {
            return problem!;
        }

        if (trip.FailureToDecide(found) is not { } failure)
        {
            var status = trip.Status.Legs[(int)found];
            return Problems.NotWaiting(leg, status.Skipped is null ? status.State.ToString() : "skipped");
        }

        var note = body.Note.ValueKind == JsonValueKind.String ? body.Note.GetString() : null;
        var decision = new UndoDecision(found, failure, body.ReadAction()!.Value, caller.NameOf(request), note, clock.GetUtcNow());
        if (await decider.DecideAsync(client, trip, decision, cancellation) is { } taken)
        {
            return Problems.Decided(leg, taken);
        }

        return Results.Json(
            await trips.FindAsync(client, id, cancellation) ?? TripView.Of(trip),
            ApiJson.Options,
            statusCode: StatusCodes.Status202Accepted);
    }
}
