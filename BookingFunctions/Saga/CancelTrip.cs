using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>
/// Cancels a trip. An event raised to a trip that has just ended is lost: so this waits until the
/// trip is decided, and undoes it if it was confirmed, or if it was ended from outside.
/// </summary>
public static class CancelTrip
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration; its input is a <see cref="Cancellation"/>.</param>
    /// <returns>How the trip ended; null when this goes on as a new run, so that its history stays short.</returns>
    [Function(Orchestrators.CancelTrip)]
    public static async Task<TripStatus?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var order = context.GetInput<Cancellation>();
        if (order is not { TripId: not null, Waits: not null })
        {
            throw new ArgumentException("A cancellation needs an input that says which trip. Start it with POST /api/trips/{id}/cancel.");
        }

        var trip = await context.CallActivityAsync<ReadTripOutput>(
            ActivityNames.ReadTrip, order.TripId, order.Waits.ToUnlimitedRetryOptions());
        if (trip.IsRunning)
        {
            if (trip.Status.Status is TripState.Booking or TripState.Confirmed)
            {
                context.SendEvent(order.TripId, StopSignal.EventName, new { reason = order.Reason });
            }

            await context.CreateTimer(order.Wait, CancellationToken.None);
            context.ContinueAsNew(order with { Polls = order.Polls + 1 });
            return null;
        }

        if (trip.Status.Status == TripState.Cancelled)
        {
            return trip.Status;
        }

        var progress = new TripProgress(context, order.TripId, trip.Status);
        progress.RollingBack(new TripStoppedException(order.Summary));
        if (trip.Plan is { } plan)
        {
            var legs = new TripLegs(context, progress, order.TripId, plan);
            var compensations = new Compensations(context, progress);
            compensations.Add(legs.Car, legs.Hotel, legs.Flight);

            // Its row says that it is decided, and lists go by that.
            progress.RecordRollback();
            await compensations.RunAsync();
        }

        progress.Set(TripState.Cancelled);
        await progress.DecidedAsync(trip.Plan);
        return progress.Status;
    }
}
