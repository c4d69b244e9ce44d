using System.Text.Json;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Worlds;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// An undo that was given up is tried again, or skipped, by the one decision that is kept for that failure; and each decision that is
/// kept is carried out, unless the orchestration that waits for it is ended.
/// </summary>
internal sealed class DecisionCheck(World world)
{
    private readonly Dictionary<long, TripStatus> latest = [];
    private readonly HashSet<(string TripId, Leg Leg, long Failure)> carriedOut = [];

    /// <summary>Checks what an orchestration of a trip reports that has become durable.</summary>
    public void Run(string tripId, StoredInstance instance)
    {
        var now = JsonSerializer.Deserialize<TripStatus>(instance.CustomStatus!)!;

        // A cancellation begins with undos that were given up before it, and tries them again by itself.
        if (latest.GetValueOrDefault(instance.Key) is { Status: TripState.NeedsAttention } waiting)
        {
            foreach (var (before, after) in waiting.Legs.Zip(now.Legs).Where(leg => leg.First.NeedsOperator))
            {
                if (Action(before, after) is { } action)
                {
                    Check(tripId, before.Leg, before.UndoFailure!.Value, action);
                }
            }
        }

        latest[instance.Key] = now;
    }

    /// <summary>Checks what must hold once every instance has ended.</summary>
    public void RunAtEnd()
    {
        var kept = world.Disk.ReadDecisions();
        foreach (var (tripId, decision, isTold) in kept)
        {
            var waits = new[] { tripId, Cancellation.IdOf(tripId) };
            var isCarriedOut = isTold && carriedOut.Contains((tripId, decision.Leg, decision.Failure));
            if (!isCarriedOut && !waits.Any(world.Ledger.Trips.MayBeTerminated))
            {
                world.Violate($"{decision} of '{tripId}' was kept, {(isTold ? "delivered and not carried out" : "and not delivered")}.");
            }
        }

        foreach (var ((tripId, leg), number) in world.Ledger.Trips.Decided)
        {
            var decisions = kept.Count(decision => (decision.TripId, decision.Decision.Leg) == (tripId, leg));
            if (decisions < number)
            {
                world.Violate($"{number} decisions about the {leg} of '{tripId}' were acknowledged, and {decisions} are kept.");
            }
        }
    }

    // A leg that was refused doesn't show that it is being undone: only that this has failed again, or has worked.
    private static UndoAction? Action(LegStatus before, LegStatus after) =>
        after.Skipped is not null ? UndoAction.Skip
        : after.State != LegState.UndoFailed || after.UndoFailure != before.UndoFailure ? UndoAction.Retry
        : null;

    private void Check(string tripId, Leg leg, long failure, UndoAction action)
    {
        world.Counts.Decisions++;
        var isKept = world.Disk.ReadDecisions().Any(kept =>
            (kept.TripId, kept.Decision.Leg, kept.Decision.Failure, kept.Decision.Action) == (tripId, leg, failure, action));
        if (!isKept || !carriedOut.Add((tripId, leg, failure)))
        {
            world.Violate($"The trip '{tripId}' did {action} after the failure {failure} of its {leg}'s undo, without a decision.");
        }
    }
}
