using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;

namespace BookingFunctions.Simulation.Checks;

/// <summary>What a trip reports in a turn that has become durable is durable, too.</summary>
internal static class StatusCheck
{
    public static void Run(World world, string tripId, string customStatus)
    {
        var status = JsonSerializer.Deserialize<TripStatus>(customStatus)!;
        foreach (var leg in status.Legs.Where(leg => leg.State is LegState.Booked or LegState.Undone))
        {
            var reservation = world.Disk.Find(Booking.Of(tripId, leg.Leg, new TripRequest("", "", "", "")).ReservationId);

            // Another orchestration may have undone by now what this one has booked.
            if (reservation is not { State: ReservationState.Undone }
                && (leg.State == LegState.Undone || reservation is not { State: ReservationState.Booked } || reservation.Confirmation != leg.Confirmation))
            {
                world.Violate(
                    $"The trip '{tripId}' reports that its {leg.Leg} is {leg.State}, {leg.Confirmation}, and on the disk it is {reservation?.State.ToString() ?? "unknown"}, {reservation?.Confirmation}.");
            }
        }

        if (status is { IsDecided: true, Notification.State: NotificationState.Sent } && world.Disk.Outbox.Find(MessageId(tripId, status.Status)) is null)
        {
            world.Violate($"The trip '{tripId}' reports that its traveler was told, and on the disk is no message.");
        }
    }

    /// <summary>The id of the message by which a traveler is told of a decision.</summary>
    public static string MessageId(string tripId, TripState decision) => $"{tripId}-{decision.ToString().ToLowerInvariant()}";
}
