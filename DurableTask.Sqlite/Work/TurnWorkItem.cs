using DurableTask.Core;
using DurableTask.Sqlite.Instances;

namespace DurableTask.Sqlite.Work;

/// <summary>A turn of an instance. While the instance is live, each turn gets the same item, with its state and its cursor.</summary>
internal sealed class TurnWorkItem : TaskOrchestrationWorkItem
{
    /// <summary>A work item.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="generation">The generation of the memory that it belongs to.</param>
    /// <param name="state">The instance's state.</param>
    public TurnWorkItem(OpenInstance instance, long generation, OrchestrationRuntimeState state)
    {
        Instance = instance;
        Generation = generation;
        InstanceId = instance.Id;
        OrchestrationRuntimeState = state;

        // One process has the file: nothing needs to be renewed.
        LockedUntilUtc = DateTime.MaxValue;
        NewMessages = [];
    }

    /// <summary>The instance.</summary>
    public OpenInstance Instance { get; }

    /// <summary>The generation of the memory that it belongs to: once the memory is dropped, the turn is aborted.</summary>
    public long Generation { get; }

    /// <summary>What the turn has taken from the inbox.</summary>
    public List<InboxMessage> Taken { get; set; } = [];

    /// <summary>The custom status that the file has, if that is known.</summary>
    public (bool IsKnown, string? Text) StoredStatus { get; set; }

    /// <summary>Whether the state can't be used for a further turn.</summary>
    public bool IsSpoiled { get; set; }
}
