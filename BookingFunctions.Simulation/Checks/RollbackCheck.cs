using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// A trip that was rolled back was so in reverse order, all of it, and each leg after its booking had come to an end; what was refused
/// was not tried again.
/// </summary>
internal static class RollbackCheck
{
    private static readonly (string Leg, string Book, string Undo)[] Legs =
    [
        ("car", ActivityNames.BookCar, ActivityNames.UndoBookCar),
        ("hotel", ActivityNames.BookHotel, ActivityNames.UndoBookHotel),
        ("flight", ActivityNames.BookFlight, ActivityNames.UndoBookFlight),
    ];

    /// <summary>Checks what one of a trip's orchestrations did.</summary>
    public static void Run(World world, TripRow trip, StoredInstance row)
    {
        if (row is not { Status: OrchestrationStatus.Completed, CustomStatus.Length: > 4 })
        {
            return;
        }

        var status = JsonSerializer.Deserialize<TripStatus>(row.CustomStatus)!;

        // One that is given up doesn't wait for the bookings that are in flight.
        var waits = !JsonSerializer.Deserialize<TripPlan>(trip.Plan)!.Parallel
            && status.Reason is { } reason
            && !reason.StartsWith("Cancelled", StringComparison.Ordinal)
            && !reason.StartsWith("Deadline", StringComparison.Ordinal);
        var history = world.Disk.ReadHistory(row.Key);
        var lastUndo = int.MaxValue;
        foreach (var (leg, book, undo) in Legs)
        {
            var booked = LastOutcome(history, book);
            var undone = FirstCall(history, undo);
            if (FirstRefusal(history, book) is var refused and >= 0 && LastCall(history, book) > refused)
            {
                world.Violate($"The {leg} of '{row.InstanceId}' was refused, and tried again.");
            }

            if (booked < 0 && undone < 0)
            {
                continue;
            }

            if ((status.Status == TripState.Confirmed) != (undone < 0))
            {
                world.Violate($"'{row.InstanceId}' is {status.Status}, and its {leg} was {(undone < 0 ? "not " : "")}undone.");
            }
            else if (waits && undone >= 0 && undone < booked)
            {
                world.Violate($"The {leg} of '{row.InstanceId}' was undone before its booking had come to an end.");
            }
            else if (undone >= lastUndo)
            {
                world.Violate($"'{row.InstanceId}' was not rolled back in reverse order: the {leg} came too late.");
            }

            lastUndo = undone < 0 ? lastUndo : undone;
        }
    }

    private static int FirstCall(IReadOnlyList<HistoryEvent> history, string activity) =>
        Calls(history, activity).DefaultIfEmpty(-1).First();

    private static int LastCall(IReadOnlyList<HistoryEvent> history, string activity) =>
        Calls(history, activity).DefaultIfEmpty(-1).Last();

    private static IEnumerable<int> Calls(IReadOnlyList<HistoryEvent> history, string activity) =>
        Index(history, historyEvent => historyEvent is TaskScheduledEvent scheduled && scheduled.Name == activity);

    private static int FirstRefusal(IReadOnlyList<HistoryEvent> history, string activity)
    {
        var calls = IdsOfCalls(history, activity);
        return Index(history, historyEvent => historyEvent is TaskFailedEvent failed && calls.Contains(failed.TaskScheduledId)
            && failed.FailureDetails?.IsCausedBy<BookingRefusedException>() == true).DefaultIfEmpty(-1).First();
    }

    private static HashSet<int> IdsOfCalls(IReadOnlyList<HistoryEvent> history, string activity) =>
        [.. history.OfType<TaskScheduledEvent>().Where(scheduled => scheduled.Name == activity).Select(scheduled => scheduled.EventId)];

    private static int LastOutcome(IReadOnlyList<HistoryEvent> history, string activity)
    {
        var calls = IdsOfCalls(history, activity);
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
