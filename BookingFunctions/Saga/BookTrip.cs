using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Travel;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>Books a trip: all of it, or nothing.</summary>
public static class BookTrip
{
    /// <summary>The orchestrator: books the legs one by one and, if one can't be booked, undoes those before it.</summary>
    /// <param name="context">The orchestration; its input is a <see cref="TripPlan"/>.</param>
    /// <returns>How the trip ended.</returns>
    [Function(nameof(BookTrip))]
    public static async Task<TripStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var plan = context.GetInput<TripPlan>();
        if (plan is not { Trip: not null, Booking: not null, Undo: not null })
        {
            throw new ArgumentException("A trip needs an input that says what to book. Start it with POST /api/trips.");
        }

        var progress = new TripProgress(context);
        var car = new TripLeg(context, progress, plan, Leg.Car, nameof(CarActivities.BookCar), nameof(CarActivities.UndoBookCar));
        var hotel = new TripLeg(context, progress, plan, Leg.Hotel, nameof(HotelActivities.BookHotel), nameof(HotelActivities.UndoBookHotel));
        var flight = new TripLeg(context, progress, plan, Leg.Flight, nameof(FlightActivities.BookFlight), nameof(FlightActivities.UndoBookFlight));

        // A compensation is registered before its booking: if that fails, nobody may know whether it was booked.
        var compensations = new Stack<TripLeg>();
        try
        {
            compensations.Push(car);
            await car.BookAsync();

            compensations.Push(hotel);
            await hotel.BookAsync();

            compensations.Push(flight);
            await flight.BookAsync();

            progress.Set(TripState.Confirmed);
        }
        catch (TaskFailedException e)
        {
            progress.RollingBack(e.FailureDetails);
            foreach (var leg in compensations)
            {
                await leg.UndoAsync();
            }

            while (compensations.Any(leg => !leg.IsUndone))
            {
                progress.Set(TripState.NeedsAttention);
                var request = await context.WaitForExternalEvent<JsonElement?>(RetryUndo.EventName);
                foreach (var leg in compensations.Where(leg => !leg.IsUndone && RetryUndo.Concerns(request, leg.Leg)))
                {
                    await leg.UndoAsync();
                }
            }

            progress.Set(TripState.Cancelled);
        }

        try
        {
            var notice = new TripNotice(context.InstanceId, plan.Trip.Name, progress.Status.Status);
            await context.CallActivityAsync(nameof(NotifyTraveler), notice, plan.Booking.ToTaskOptions(_ => true));
        }
        catch (TaskFailedException)
        {
            // The trip is decided: that its traveler could not be told changes nothing. The history and the host's log have it.
        }

        return progress.Status;
    }
}
