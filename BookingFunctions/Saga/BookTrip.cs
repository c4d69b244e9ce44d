using BookingFunctions.Trips;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>Books a trip: all of it, or nothing.</summary>
public static class BookTrip
{
    /// <summary>The orchestrator: books the legs and, if one can't be booked or the trip is given up, undoes them.</summary>
    /// <param name="context">The orchestration; its input is a <see cref="TripPlan"/>.</param>
    /// <returns>How the trip ended.</returns>
    [Function(Orchestrators.BookTrip)]
    public static async Task<TripStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<TripPlan>();
        if (plan is not { IsComplete: true })
        {
            throw new ArgumentException("A trip needs an input that says what to book. Start it with POST /api/trips.");
        }

        var progress = new TripProgress(context, context.InstanceId);
        using var stop = new StopSignal(context, plan.DeadlineSeconds);
        var legs = new TripLegs(context, progress, context.InstanceId, plan, stop.Ended);
        var compensations = new Compensations(context, progress);
        try
        {
            // A compensation is registered before its booking: if that fails, its outcome may be unknown.
            if (plan.Parallel)
            {
                compensations.Add(legs.Car, legs.Hotel, legs.Flight);
                await stop.UnlessStoppedAsync(legs.Car.BookAsync, legs.Hotel.BookAsync, legs.Flight.BookAsync);
            }
            else
            {
                compensations.Add(legs.Car);
                await stop.UnlessStoppedAsync(legs.Car.BookAsync);

                compensations.Add(legs.Hotel);
                await stop.UnlessStoppedAsync(legs.Hotel.BookAsync);

                compensations.Add(legs.Flight);
                await stop.UnlessStoppedAsync(legs.Flight.BookAsync);
            }

            progress.Set(TripState.Confirmed);
        }
        catch (Exception e) when (e is TaskFailedException or TripStoppedException)
        {
            progress.RollingBack(e);
            await compensations.RunAsync();
            progress.Set(TripState.Cancelled);
        }

        await progress.DecidedAsync(plan, stop.Cancelled);
        return progress.Status;
    }
}
