using BookingFunctions.Travel;
using BookingFunctions.Trips;
using Microsoft.DurableTask;

namespace BookingFunctions.Saga;

/// <summary>The legs of a trip, with the activities that book and undo them.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="progress">Records every step.</param>
/// <param name="tripId">The trip's id.</param>
/// <param name="plan">The trip.</param>
/// <param name="ended">Fires when no leg is to be tried again.</param>
public sealed class TripLegs(
    TaskOrchestrationContext context, TripProgress progress, string tripId, TripPlan plan, CancellationToken ended = default)
{
    /// <summary>The car.</summary>
    public TripLeg Car { get; } = new(
        context,
        progress,
        plan,
        Booking.Of(tripId, Leg.Car, plan.Trip, plan.Trace),
        ActivityNames.BookCar,
        ActivityNames.UndoBookCar,
        ended);

    /// <summary>The hotel.</summary>
    public TripLeg Hotel { get; } = new(
        context,
        progress,
        plan,
        Booking.Of(tripId, Leg.Hotel, plan.Trip, plan.Trace),
        ActivityNames.BookHotel,
        ActivityNames.UndoBookHotel,
        ended);

    /// <summary>The flight.</summary>
    public TripLeg Flight { get; } = new(
        context,
        progress,
        plan,
        Booking.Of(tripId, Leg.Flight, plan.Trip, plan.Trace),
        ActivityNames.BookFlight,
        ActivityNames.UndoBookFlight,
        ended);
}
