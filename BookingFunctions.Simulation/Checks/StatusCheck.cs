using System.Text.Json;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Trips;

namespace BookingFunctions.Simulation.Checks;

/// <summary>What a trip reports in a turn that has become durable is durable, too.</summary>
internal static class StatusCheck
{
    public static void Run(World world, string tripId, string customStatus)
    {
        var status = JsonSerializer.Deserialize<TripStatus>(customStatus)!;
        foreach (var leg in status.Legs.Where(leg => leg.State is LegState.Booked or LegState.Undone))
        {
            var reservation = world.Disk.FindReservation(Booking.Of(tripId, leg.Leg, new TripRequest("", "", "", "")).ReservationId);

            // Another orchestration may have undone by now what this one has booked.
            var isSo = leg.State == LegState.Booked && reservation is { State: ReservationState.Booked }
                ? reservation.Confirmation == leg.Confirmation
                : reservation is { State: ReservationState.Undone };
            if (!isSo)
            {
                world.Violate(
                    $"The trip '{tripId}' reports its {leg.Leg} as {leg.State}, and that is not on the disk, where it is "
                    + $"{reservation?.State.ToString() ?? "unknown"}.");
            }
        }

        if (status is { IsDecided: true, Notification.State: NotificationState.Sent }
            && world.Disk.FindMessage(MessageId(tripId, status.Status)) is null)
        {
            world.Violate($"The trip '{tripId}' reports that its traveler was notified, and there is no message on the disk.");
        }
    }

    /// <summary>The id of a traveler's notification of a decision.</summary>
    public static string MessageId(string tripId, TripState decision) => $"{tripId}-{decision.ToString().ToLowerInvariant()}";
}
