using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using LocalRuntime.Storage;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// Watches every change on the disk: a trip that is decided is decided for all its legs, and for good, unless a confirmed one
/// is cancelled; and nothing is sold that isn't there.
/// </summary>
internal sealed class TripWatch
{
    private static readonly int CancellerSuffix = Cancellation.IdOf("").Length;

    private readonly World world;
    private readonly Dictionary<string, TripState> decided = [];
    private readonly HashSet<(string TripId, TripState Decision)> everDecided = [];
    private readonly HashSet<string> accepted = [];

    public TripWatch(World world)
    {
        this.world = world;
        world.Disk.TurnCommitted = OnTurn;
        world.Disk.ReservationChanged = OnReservation;
    }

    /// <summary>The trips that are decided.</summary>
    public IReadOnlyDictionary<string, TripState> Decided => decided;

    /// <summary>Whether a trip was decided so, though it may have been cancelled since.</summary>
    public bool WasDecided(string tripId, TripState decision) => everDecided.Contains((tripId, decision));

    /// <summary>Whether an operator has accepted what a cancelled trip still holds.</summary>
    public bool IsAccepted(string reservationId) => accepted.Contains(reservationId);

    private void OnTurn(TurnCommit turn)
    {
        if (turn.Row.CustomStatus is not { Length: > 4 } json || turn.Row.Name is not (nameof(BookTrip) or nameof(CancelTrip)))
        {
            return;
        }

        var isCancellation = turn.Row.Name == nameof(CancelTrip);
        var tripId = isCancellation ? turn.Row.InstanceId[..^CancellerSuffix] : turn.Row.InstanceId;
        StatusCheck.Run(world, tripId, json);
        if (IsDecided(json))
        {
            Decide(tripId, JsonSerializer.Deserialize<TripStatus>(json)!);
        }
        else if (isCancellation && Says(json, TripState.RollingBack) && decided.Remove(tripId, out var before))
        {
            world.Log($"{tripId} was {before} and is cancelled");
            if (before != TripState.Confirmed)
            {
                world.Violate($"The trip '{tripId}' was {before}, and is cancelled again.");
            }
        }
    }

    private void Decide(string id, TripStatus status)
    {
        if (decided.TryGetValue(id, out var before))
        {
            if (before != status.Status)
            {
                world.Violate($"The trip '{id}' was {before} and is {status.Status} now.");
            }

            return;
        }

        decided[id] = status.Status;
        everDecided.Add((id, status.Status));
        world.Log($"{id} is {status.Status}: {status.Reason}");
        foreach (var leg in status.Legs)
        {
            Check(id, status.Status, leg);
        }
    }

    private static bool IsDecided(string json) => Says(json, TripState.Confirmed) || Says(json, TripState.Cancelled);

    // The status is the first property of what a trip reports.
    private static bool Says(string json, TripState state) => json.StartsWith($"{{\"status\":\"{state}\"", StringComparison.Ordinal);

    private void Check(string tripId, TripState decision, LegStatus leg)
    {
        var id = Booking.Of(tripId, leg.Leg, new TripRequest("", "", "", "")).ReservationId;
        if (decision == TripState.Cancelled && leg is { State: LegState.UndoFailed, Skipped: not null })
        {
            accepted.Add(id);
            return;
        }

        var reservation = world.Disk.Find(id);
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
        if (after.State == before?.State)
        {
            return;
        }

        var tripId = Booking.TripIdOf(after.Id, after.Leg)!;
        if (decided.TryGetValue(tripId, out var decision) && !IsAccepted(after.Id))
        {
            var isAllowed = decision == TripState.Cancelled && after.State is ReservationState.Undone or ReservationState.Attempted;
            if (!isAllowed)
            {
                world.Violate($"The trip '{tripId}' is {decision}, and after that its reservation '{after.Id}' became {after.State}.");
            }
        }

        var live = after.State == ReservationState.Booked ? CountLive(world, after) : 0;
        if (live > world.Inventory.Of(after.Leg))
        {
            world.Violate($"There are {world.Inventory.Of(after.Leg)} of the {after.Leg} '{after.Item}', and {live} are booked.");
        }
    }

    /// <summary>How many are booked of what a reservation is for.</summary>
    public static int CountLive(World world, Reservation reservation) => world.Disk.Reservations.All.Count(other =>
        other.State == ReservationState.Booked && other.Leg == reservation.Leg
        && ReservationChanges.ItemKey(other.Item) == ReservationChanges.ItemKey(reservation.Item));
}
