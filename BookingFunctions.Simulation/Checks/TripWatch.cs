using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Checks;

/// <summary>Watches every change on the disk: a trip that is decided is decided for all its legs, and for good.</summary>
internal sealed class TripWatch
{
    private readonly World world;
    private readonly Dictionary<string, TripState> decided = [];

    public TripWatch(World world)
    {
        this.world = world;
        world.Disk.TurnCommitted = OnTurn;
        world.Disk.ReservationChanged = OnReservation;
    }

    /// <summary>The trips that are decided.</summary>
    public IReadOnlyDictionary<string, TripState> Decided => decided;

    private void OnTurn(TurnCommit turn)
    {
        if (turn.Row.Name != nameof(BookTrip) || turn.Row.CustomStatus is not { } json || !IsDecided(json))
        {
            return;
        }

        var status = JsonSerializer.Deserialize<TripStatus>(json)!;
        var id = turn.Row.InstanceId;
        if (decided.TryGetValue(id, out var before))
        {
            if (before != status.Status)
            {
                world.Violate($"The trip '{id}' was {before} and is {status.Status} now.");
            }

            return;
        }

        decided[id] = status.Status;
        world.Log($"{id} is {status.Status}");
        foreach (var leg in status.Legs)
        {
            Check(id, status.Status, leg);
        }
    }

    // The status is the first property of what a trip reports.
    private static bool IsDecided(string json) =>
        json.StartsWith("{\"status\":\"Confirmed\"", StringComparison.Ordinal) || json.StartsWith("{\"status\":\"Cancelled\"", StringComparison.Ordinal);

    private void Check(string tripId, TripState decision, LegStatus leg)
    {
        var reservation = world.Disk.Find(ReservationId(tripId, leg.Leg));
        var holds = decision == TripState.Confirmed
            ? reservation is { State: ReservationState.Booked } && reservation.Confirmation == leg.Confirmation
            : reservation is { State: ReservationState.Undone } || (reservation is null && leg.State == LegState.Pending);
        if (!holds)
        {
            world.Violate($"The trip '{tripId}' is {decision}, its {leg.Leg} says {leg.State}, and its reservation is {reservation?.State.ToString() ?? "unknown"}.");
        }
    }

    private void OnReservation(Reservation? before, Reservation after)
    {
        world.Log($"{after.Id}: {before?.State.ToString() ?? "nothing"} becomes {after.State}");
        var tripId = after.Id[..after.Id.LastIndexOf('-')];
        if (decided.TryGetValue(tripId, out var decision) && after.State != before?.State)
        {
            var isAllowed = decision == TripState.Cancelled && after.State is ReservationState.Undone or ReservationState.Attempted;
            if (!isAllowed)
            {
                world.Violate($"The trip '{tripId}' is {decision}, and after that its reservation '{after.Id}' became {after.State}.");
            }
        }
    }

    private static string ReservationId(string tripId, Leg leg) => Booking.Of(tripId, leg, new TripRequest("", "", "", "")).ReservationId;
}
