using BookingFunctions.Trips;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What callers of the trip API did and got as answers, to be compared with the disk.</summary>
internal sealed class TripLedger(World world)
{
    private readonly SortedSet<string> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string TripId, string Body)> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> terminated = new(StringComparer.Ordinal);
    private readonly HashSet<string> cancelled = new(StringComparer.Ordinal);

    /// <summary>A start was acknowledged.</summary>
    public void AcknowledgeStart(string tripId, string? key, string body)
    {
        if (key is null)
        {
            if (!started.Add(tripId))
            {
                world.Violate($"Two callers without a key got the trip '{tripId}'.");
            }

            return;
        }

        started.Add(tripId);
        if (!keys.TryAdd(key, (tripId, body)) && keys[key] != (tripId, body))
        {
            world.Violate($"The {key} got '{tripId}' for {body}, and before that {keys[key]}.");
        }
    }

    /// <summary>A key was refused, as it was used for another order.</summary>
    public void AcknowledgeRefusal(string key, string body) => refused[key] = body;

    /// <summary>A caller wants to cancel a trip, and may never get an answer.</summary>
    public void AskForCancellation(string tripId) => asked.Add(tripId);

    /// <summary>A cancellation was acknowledged.</summary>
    public void AcknowledgeCancellation(string tripId) => cancelled.Add(tripId);

    /// <summary>A decision about a leg was acknowledged.</summary>
    public void AcknowledgeDecision(string tripId, Leg leg) =>
        Decided[(tripId, leg)] = Decided.GetValueOrDefault((tripId, leg)) + 1;

    /// <summary>How many decisions about a leg were acknowledged.</summary>
    public Dictionary<(string TripId, Leg Leg), int> Decided { get; } = [];

    /// <summary>A caller wants to end one of a trip's orchestrations, and may never get an answer.</summary>
    public void AskForTermination(string instanceId) => terminated.Add(instanceId);

    public bool MayBeTerminated(string instanceId) => terminated.Contains(instanceId);

    public bool MayBeCancelled(string tripId) => asked.Contains(tripId);

    public bool IsCancelled(string tripId) => cancelled.Contains(tripId);

    /// <summary>Checks that every acknowledged start is on the disk: the trip's row, and its orchestration.</summary>
    public void Check()
    {
        foreach (var id in started)
        {
            if (world.Disk.FindTrip(id) is null || world.Disk.FindInstance(id) is null)
            {
                world.Violate($"The start of the trip '{id}' was acknowledged, and it is not there.");
            }
        }

        foreach (var (key, body) in refused)
        {
            if (keys.TryGetValue(key, out var owner) && owner.Body == body)
            {
                world.Violate($"The {key} was refused for {body}, which it was used for: '{owner.TripId}'.");
            }
        }
    }
}
