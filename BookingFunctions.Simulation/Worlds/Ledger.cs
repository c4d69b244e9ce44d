using BookingFunctions.Simulation.Disk;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>What clients did and what was acknowledged, to be compared with the disk.</summary>
internal sealed class Ledger(World world)
{
    /// <summary>The tag by which an instance says which start it comes from.</summary>
    public const string StartTag = "start";

    private readonly SortedDictionary<string, string> started = new(StringComparer.Ordinal);
    private readonly SortedSet<string> terminated = new(StringComparer.Ordinal);

    /// <summary>The acknowledged instances, each with the start that was acknowledged.</summary>
    public IReadOnlyDictionary<string, string> Started => started;

    /// <summary>The instances that must have ended once all is quiet, because their termination was acknowledged.</summary>
    public IReadOnlyCollection<string> Terminated => terminated;

    /// <summary>The output that an instance must have if it completes, as JSON.</summary>
    public SortedDictionary<string, string> Outputs { get; } = new(StringComparer.Ordinal);

    /// <summary>What callers of the trip API got as answers.</summary>
    public TripLedger Trips { get; } = new(world);

    /// <summary>The events sent to instances that collect them.</summary>
    public SortedDictionary<string, List<SentItem>> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>A start was acknowledged.</summary>
    public void Acknowledge(string instanceId, string start)
    {
        if (!started.TryAdd(instanceId, start))
        {
            world.Violate($"Two starts of '{instanceId}' were acknowledged: '{started[instanceId]}' and '{start}'.");
        }
    }

    /// <summary>The instance may be replaced or purged from now on.</summary>
    public void Forget(string instanceId) => started.Remove(instanceId);

    public void AcknowledgeTermination(string instanceId) => terminated.Add(instanceId);

    /// <summary>Checks that every acknowledged start is on the disk.</summary>
    public void Check()
    {
        Trips.Check();
        foreach (var (instanceId, start) in started)
        {
            if (world.Disk.FindInstance(instanceId) is not { } row)
            {
                world.Violate($"The start of '{instanceId}' was acknowledged, and the instance is not there.");
            }
            else if (!Comes(row, start))
            {
                world.Violate(
                    $"The start '{start}' of '{instanceId}' was acknowledged, and the instance comes from another one: "
                    + $"{row.Start}.");
            }
        }
    }

    private static bool Comes(StoredInstance row, string start) => row.Start.Contains($"\"{start}\"", StringComparison.Ordinal);
}
