using System.Text.Json;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using DurableTask.Core;

namespace BookingFunctions.Simulation.Checks;

/// <summary>Every trip that was ever ordered is decided, holds all of its legs or none, and has notified its traveler.</summary>
internal static class TripCheck
{
    public static void Run(World world, TripWatch watch)
    {
        foreach (var trip in world.Disk.ReadTrips())
        {
            Check(world, watch, trip);
        }

        foreach (var message in world.Disk.ReadMessages().Where(message => message.TripId != Messages.NoTrip))
        {
            var decision = message.Id.EndsWith("-confirmed", StringComparison.Ordinal) ? TripState.Confirmed : TripState.Cancelled;
            if (!watch.WasDecided(message.TripId, decision))
            {
                world.Violate($"The traveler of '{message.TripId}' was notified by '{message.Id}' of what was never decided.");
            }
        }

        var reservations = world.Disk.ReadReservations();
        foreach (var reservation in reservations)
        {
            var live = TripWatch.CountLive(reservations, reservation);
            if (world.Disk.CountTaken(reservation.Leg, reservation.Item) is var taken && taken != live)
            {
                world.Violate($"Of the {reservation.Leg} '{reservation.Item}' {taken} are counted as taken, and {live} are booked.");
            }
        }
    }

    private static void Check(World world, TripWatch watch, TripRow trip)
    {
        if (world.Disk.FindInstance(trip.Id) is not { } row || !trip.IsStarted)
        {
            world.Violate($"The trip '{trip.Id}' has a row, and was never started.");
            return;
        }

        if (!watch.Decided.TryGetValue(trip.Id, out var decision))
        {
            world.Violate($"The trip '{trip.Id}' has ended undecided: {row.Status}, {row.Output}");
            return;
        }

        if (decision == TripState.Confirmed && world.Ledger.Trips.IsCancelled(trip.Id))
        {
            world.Violate($"The cancellation of '{trip.Id}' was acknowledged, and it is {decision}.");
        }

        CheckHeld(world, watch, trip, decision);
        var canceller = world.Disk.FindInstance(Cancellation.IdOf(trip.Id));
        if (Deciding(row, canceller) is { } status)
        {
            CheckNotified(world, trip, decision, status);
            Count(world, trip, status);
        }

        RollbackCheck.Run(world, trip, row);
        AttemptCheck.Run(world, trip, row);
        if (canceller is not null)
        {
            RollbackCheck.Run(world, trip, canceller);
            AttemptCheck.Run(world, trip, canceller);
        }
    }

    private static void CheckHeld(World world, TripWatch watch, TripRow trip, TripState decision)
    {
        var request = JsonSerializer.Deserialize<TripPlan>(trip.Plan)!.Trip;
        foreach (var leg in Enum.GetValues<Leg>())
        {
            var id = Booking.Of(trip.Id, leg, request).ReservationId;
            var isHeld = world.Disk.FindReservation(id) is { State: ReservationState.Booked };
            if (isHeld != (decision == TripState.Confirmed) && !watch.IsAccepted(id))
            {
                world.Violate($"The trip '{trip.Id}' is {decision}, and its {leg} is {(isHeld ? "" : "not ")}held.");
            }
        }
    }

    // What has decided it and went on to its own end; null if that was terminated in between.
    private static TripStatus? Deciding(StoredInstance row, StoredInstance? canceller) =>
        new[] { canceller, row }.FirstOrDefault(instance => instance?.CustomStatus is { Length: > 4 })
            is { Status: OrchestrationStatus.Completed } decider
            ? JsonSerializer.Deserialize<TripStatus>(decider.CustomStatus!)
            : null;

    private static void CheckNotified(World world, TripRow trip, TripState decision, TripStatus status)
    {
        if (status.Status != decision || trip.Status != decision)
        {
            world.Violate($"The trip '{trip.Id}' is {decision}. Its status says {status.Status}, and the directory {trip.Status}.");
        }

        var message = world.Disk.FindMessage(StatusCheck.MessageId(trip.Id, decision));
        if (status.Notification?.State is not (NotificationState.Sent or NotificationState.Failed))
        {
            world.Violate(
                $"The trip '{trip.Id}' is {decision}, and its notification is "
                + $"{status.Notification?.State.ToString() ?? "missing"}.");
        }
        else if (status.Notification.State == NotificationState.Sent && message is null)
        {
            world.Violate($"The traveler of '{trip.Id}' was notified that it is {decision}, and there is no message.");
        }
    }

    private static void Count(World world, TripRow trip, TripStatus status)
    {
        var counts = world.Counts;
        counts.Confirmed += status.Status == TripState.Confirmed ? 1 : 0;
        counts.Cancelled += status.Status == TripState.Cancelled ? 1 : 0;
        counts.CancelledOnRequest += world.Ledger.Trips.IsCancelled(trip.Id) ? 1 : 0;
        counts.TooLate += status.Reason?.StartsWith("Deadline", StringComparison.Ordinal) == true ? 1 : 0;
        counts.SoldOut += status.Reason?.Contains(nameof(SoldOutException), StringComparison.Ordinal) == true ? 1 : 0;
        counts.Accepted += status.Legs.Count(leg => leg.Skipped is not null);
    }
}
