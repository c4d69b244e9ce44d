using BookingFunctions.Activities;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Checks;

/// <summary>A trip that has ended holds all of its legs or none, and was rolled back in the right order.</summary>
internal static class TripCheck
{
    private static readonly (Leg Leg, string Book, string Undo)[] Legs =
    [
        (Leg.Car, nameof(CarActivities.BookCar), nameof(CarActivities.UndoBookCar)),
        (Leg.Hotel, nameof(HotelActivities.BookHotel), nameof(HotelActivities.UndoBookHotel)),
        (Leg.Flight, nameof(FlightActivities.BookFlight), nameof(FlightActivities.UndoBookFlight)),
    ];

    public static void Run(World world, InstanceRow row, IReadOnlyList<HistoryEvent> history)
    {
        if (row.Status != OrchestrationStatus.Completed || !world.TripWatch.Decided.TryGetValue(row.InstanceId, out var decision))
        {
            world.Violate($"The trip '{row.InstanceId}' has ended undecided: {row.Status}, {row.Output}");
            return;
        }

        var held = Legs.Count(leg => world.Disk.Find(Booking.Of(row.InstanceId, leg.Leg, new TripRequest("", "", "", "")).ReservationId)
            is { State: ReservationState.Booked });
        if (held != (decision == TripState.Confirmed ? Legs.Length : 0))
        {
            world.Violate($"The trip '{row.InstanceId}' is {decision}, and holds {held} reservations.");
        }

        if (decision == TripState.Confirmed)
        {
            world.Counts.Confirmed++;
        }
        else
        {
            world.Counts.Cancelled++;
        }

        CheckOrder(world, row.InstanceId, decision, history);
    }

    private static void CheckOrder(World world, string tripId, TripState decision, IReadOnlyList<HistoryEvent> history)
    {
        var lastUndo = int.MaxValue;
        foreach (var (leg, book, undo) in Legs)
        {
            var booked = LastOutcome(history, book);
            var undone = FirstCall(history, undo);
            if (booked < 0 && undone < 0)
            {
                continue;
            }

            if ((decision == TripState.Confirmed) != (undone < 0))
            {
                world.Violate($"The trip '{tripId}' is {decision}, and its {leg} was {(undone < 0 ? "not " : "")}undone.");
            }
            else if (undone >= 0 && undone < booked)
            {
                world.Violate($"The {leg} of '{tripId}' was undone before its booking had come to an end.");
            }
            else if (undone >= lastUndo)
            {
                world.Violate($"The trip '{tripId}' was not rolled back in reverse order: the {leg} came too late.");
            }

            lastUndo = undone < 0 ? lastUndo : undone;
        }
    }

    private static int FirstCall(IReadOnlyList<HistoryEvent> history, string activity) =>
        Index(history, historyEvent => historyEvent is TaskScheduledEvent scheduled && scheduled.Name == activity).DefaultIfEmpty(-1).First();

    private static int LastOutcome(IReadOnlyList<HistoryEvent> history, string activity)
    {
        var calls = history.OfType<TaskScheduledEvent>().Where(scheduled => scheduled.Name == activity)
            .Select(scheduled => scheduled.EventId).ToHashSet();
        return Index(history, historyEvent => historyEvent switch
        {
            TaskCompletedEvent completed => calls.Contains(completed.TaskScheduledId),
            TaskFailedEvent failed => calls.Contains(failed.TaskScheduledId),
            _ => false,
        }).DefaultIfEmpty(-1).Last();
    }

    private static IEnumerable<int> Index(IReadOnlyList<HistoryEvent> history, Func<HistoryEvent, bool> isWanted) =>
        Enumerable.Range(0, history.Count).Where(index => isWanted(history[index]));
}
