using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a client starts an orchestration.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="InstanceId">The id of the new instance; null for a random one.</param>
    /// <param name="StartAt">When to start it; null for at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Makes options equal to others.</summary>
    /// <param name="options">The others.</param>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The id of the new instance; null for a random one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start it; null for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Labels to keep with the instance; empty unless set.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The version of the orchestrator; null for the default one.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// The names of the statuses in which an instance that has the same id stays, and the start is refused.
    /// Null leaves that to the host.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
