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
/// A leg has all of its attempts: those that a circuit breaker refused don't count, until it has waited for that long enough. And none
/// is made once the trip is rolled back.
/// </summary>
internal static class AttemptCheck
{
    private const int MostRefusals = 35;

    // An hour of waits of up to three minutes.
    private const int FewestRefusals = 21;

    private static readonly (Leg Leg, string Activity)[] Bookings =
    [
        (Leg.Car, ActivityNames.BookCar),
        (Leg.Hotel, ActivityNames.BookHotel),
        (Leg.Flight, ActivityNames.BookFlight),
    ];

    /// <summary>Checks what one of a trip's orchestrations did.</summary>
    public static void Run(World world, TripRow trip, StoredInstance row)
    {
        if (row is not { Status: OrchestrationStatus.Completed, CustomStatus.Length: > 4 })
        {
            return;
        }

        var history = world.Disk.ReadHistory(row.Key);
        var status = JsonSerializer.Deserialize<TripStatus>(row.CustomStatus)!;
        foreach (var (leg, activity) in row.Name == Orchestrators.BookTrip ? Bookings : [])
        {
            var retries = JsonSerializer.Deserialize<TripPlan>(trip.Plan)!.Booking;
            Check(world, row.InstanceId, retries, status.Legs[(int)leg], Failures(history, activity));
        }

        var calls = history.OfType<TaskScheduledEvent>().Select(scheduled => scheduled.Name!)
            .SkipWhile(name => !name.StartsWith("UndoBook", StringComparison.Ordinal));
        foreach (var late in calls.Where(name => name.StartsWith("Book", StringComparison.Ordinal)))
        {
            world.Violate($"'{row.InstanceId}' was being rolled back, and {late} was tried again.");
        }
    }

    private static List<FailureDetails> Failures(IReadOnlyList<HistoryEvent> history, string activity)
    {
        var calls = history.OfType<TaskScheduledEvent>()
            .Where(scheduled => scheduled.Name == activity).Select(scheduled => scheduled.EventId).ToHashSet();
        var failures = history.OfType<TaskFailedEvent>().Where(failed => calls.Contains(failed.TaskScheduledId));
        return [.. failures.Select(failed => failed.FailureDetails!)];
    }

    private static void Check(World world, string tripId, RetrySettings retries, LegStatus leg, List<FailureDetails> failures)
    {
        var refusals = failures.Count(failure => failure.IsCausedBy<CircuitOpenException>());
        var attempts = failures.Count - refusals;
        world.Counts.Refusals += refusals;
        if (refusals > MostRefusals || attempts > retries.Attempts)
        {
            world.Violate(
                $"The {leg.Leg} of '{tripId}' has failed {attempts} of {retries.Attempts} times, and was refused {refusals} times.");
        }

        if (leg.State == LegState.Failed && !failures[^1].IsCausedBy<BookingRefusedException>()
            && (failures[^1].IsCausedBy<CircuitOpenException>() ? refusals < FewestRefusals : attempts < retries.Attempts))
        {
            world.Violate(
                $"The {leg.Leg} of '{tripId}' was given up after {attempts} of {retries.Attempts} attempts, and {refusals} refusals.");
        }
    }
}
