using DurableTask.Core;

namespace LocalRuntime.Engine.Client;

/// <summary>An instance to be started.</summary>
internal sealed record StartRequest(string InstanceId, string Name, string? Input)
{
    /// <summary>The version; empty for none, null for the engine's default.</summary>
    public string? Version { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>When to start it, in UTC; null for at once.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>The statuses in which a finished instance keeps its id.</summary>
    public IReadOnlyCollection<OrchestrationStatus> DedupeStatuses { get; init; } = [];
}
