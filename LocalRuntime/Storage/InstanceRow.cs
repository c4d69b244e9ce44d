using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>What is known of an instance without its history. Times are in UTC, payloads are JSON.</summary>
public sealed record InstanceRow
{
    /// <summary>Unique and ascending, given by the engine; a new instance with a used id has a new key.</summary>
    public required long Key { get; init; }

    /// <summary>The instance's id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Changes whenever the instance continues as new.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>The orchestrator's name.</summary>
    public required string Name { get; init; }

    /// <summary>The orchestrator's version, or null.</summary>
    public string? Version { get; init; }

    /// <summary>The status.</summary>
    public required OrchestrationStatus Status { get; init; }

    /// <summary>When the instance was created.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When its last turn was committed.</summary>
    public required DateTime UpdatedAt { get; init; }

    /// <summary>When it ended; null while it hasn't.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>The input, or null.</summary>
    public string? Input { get; init; }

    /// <summary>The output; for an instance that failed, was terminated or is suspended, a plain text that says why.</summary>
    public string? Output { get; init; }

    /// <summary>The custom status, or null before the first turn.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>Why the instance failed: <see cref="FailureDetails"/> as JSON, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>The tags as a JSON object, or null.</summary>
    public string? Tags { get; init; }

    /// <summary>The id of the parent instance, or null.</summary>
    public string? ParentInstanceId { get; init; }
}
