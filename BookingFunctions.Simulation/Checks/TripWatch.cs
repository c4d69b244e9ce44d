using System.Text.Json;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// Watches every commit: a trip that is decided is decided for all its legs, and for good, unless a confirmed one is cancelled; and
/// no more is booked than there is.
/// </summary>
internal sealed class TripWatch(World world)
{
    private static readonly int CancellerSuffix = Cancellation.IdOf("").Length;

    private readonly Dictionary<string, TripState> decided = [];
    private readonly HashSet<(string TripId, TripState Decision)> everDecided = [];
    private readonly HashSet<string> accepted = [];
    private readonly Dictionary<string, Reservation> reservations = [];
    private readonly Dictionary<long, string> statuses = [];
    private readonly DecisionCheck decisions = new(world);

    /// <summary>The trips that are decided.</summary>
    public IReadOnlyDictionary<string, TripState> Decided => decided;

    /// <summary>What became of operators' decisions.</summary>
    public DecisionCheck Decisions => decisions;

    /// <summary>Whether a trip was decided so, though it may have been cancelled since.</summary>
    public bool WasDecided(string tripId, TripState decision) => everDecided.Contains((tripId, decision));

    /// <summary>Whether an operator has accepted what a cancelled trip still holds.</summary>
    public bool IsAccepted(string reservationId) => accepted.Contains(reservationId);

    /// <summary>Checks what a commit has changed: cancellations that begin, reservations, and then what trips report of these.</summary>
    public void Run()
    {
        var changed = world.Disk.ReadTripInstances().Where(HasNewStatus).ToList();
        var undone = changed.Where(IsUndoing).Select(TripIdOf).ToHashSet();
        foreach (var instance in changed.Where(IsUndoing))
        {
            Reopen(TripIdOf(instance));
        }

        CheckReservations();
        foreach (var instance in changed)
        {
            var tripId = TripIdOf(instance);
            StatusCheck.Run(world, tripId, instance.CustomStatus!);
            decisions.Run(tripId, instance);
            if (instance.Name == Orchestrators.BookTrip && Says(instance.CustomStatus!, TripState.Confirmed) && undone.Contains(tripId))
            {
                // Confirmed and undone again in one commit.
                everDecided.Add((tripId, TripState.Confirmed));
            }
            else if (Says(instance.CustomStatus!, TripState.Confirmed) || Says(instance.CustomStatus!, TripState.Cancelled))
            {
                Decide(tripId, JsonSerializer.Deserialize<TripStatus>(instance.CustomStatus!)!);
            }
        }
    }

    /// <summary>How many are booked of what a reservation is for.</summary>
    public static int CountLive(IEnumerable<Reservation> all, Reservation reservation) => all.Count(other =>
        other.State == ReservationState.Booked && other.Leg == reservation.Leg
        && ReservationChanges.ItemKey(other.Item) == ReservationChanges.ItemKey(reservation.Item));

    // One commit can have all turns of a cancellation, so that its last status is the only one that is seen.
    private bool IsUndoing(StoredInstance instance) => instance.Name == Orchestrators.CancelTrip
        && (Says(instance.CustomStatus!, TripState.RollingBack)
            || (decided.GetValueOrDefault(TripIdOf(instance)) == TripState.Confirmed && Says(instance.CustomStatus!, TripState.Cancelled)));

    private bool HasNewStatus(StoredInstance instance)
    {
        if (instance.CustomStatus is not { Length: > 4 } status || statuses.GetValueOrDefault(instance.Key) == status)
        {
            return false;
        }

        statuses[instance.Key] = status;
        return true;
    }

    private static string TripIdOf(StoredInstance instance) =>
        instance.Name == Orchestrators.CancelTrip ? instance.InstanceId[..^CancellerSuffix] : instance.InstanceId;

    private void Reopen(string tripId)
    {
        if (decided.Remove(tripId, out var before))
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

        var reservation = reservations.GetValueOrDefault(id);
        var holds = decision == TripState.Confirmed
            ? reservation is { State: ReservationState.Booked } && reservation.Confirmation == leg.Confirmation
            : reservation is { State: ReservationState.Undone } || (reservation is null && leg.State == LegState.Pending);
        if (!holds)
        {
            world.Violate(
                $"The trip '{tripId}' is {decision}, its {leg.Leg} says {leg.State}, and its reservation is "
                + $"{reservation?.State.ToString() ?? "unknown"}.");
        }
    }

    private void CheckReservations()
    {
        var all = world.Disk.ReadReservations();
        foreach (var after in all)
        {
            var before = reservations.GetValueOrDefault(after.Id);
            if (after.State != before?.State)
            {
                Check(before, after, all);
            }

            reservations[after.Id] = after;
        }
    }

    private void Check(Reservation? before, Reservation after, IReadOnlyList<Reservation> all)
    {
        world.Log($"{after.Id}: {before?.State.ToString() ?? "nothing"} becomes {after.State}");
        var tripId = Booking.TripIdOf(after.Id, after.Leg)!;
        if (decided.TryGetValue(tripId, out var decision) && !IsAccepted(after.Id))
        {
            var isAllowed = decision == TripState.Cancelled && after.State is ReservationState.Undone or ReservationState.Attempted;
            if (!isAllowed)
            {
                world.Violate($"The trip '{tripId}' is {decision}, and after that its reservation '{after.Id}' became {after.State}.");
            }
        }

        var live = after.State == ReservationState.Booked ? CountLive(all, after) : 0;
        if (live > world.Inventory.Of(after.Leg))
        {
            world.Violate($"There are {world.Inventory.Of(after.Leg)} of the {after.Leg} '{after.Item}', and {live} are booked.");
        }
    }
}
