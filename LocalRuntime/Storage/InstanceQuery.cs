using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Which instances a query answers. Null means: any.</summary>
public sealed record InstanceQuery
{
    /// <summary>Created at or after, in UTC.</summary>
    public DateTime? CreatedFrom { get; init; }

    /// <summary>Created at or before, in UTC.</summary>
    public DateTime? CreatedTo { get; init; }

    /// <summary>Ended at or after, in UTC.</summary>
    public DateTime? CompletedFrom { get; init; }

    /// <summary>Ended at or before, in UTC.</summary>
    public DateTime? CompletedTo { get; init; }

    /// <summary>With one of these statuses; null or empty for any.</summary>
    public IReadOnlyCollection<OrchestrationStatus>? Statuses { get; init; }

    /// <summary>With ids that start so (ordinal).</summary>
    public string? InstanceIdPrefix { get; init; }

    /// <summary>Started by this instance, as its children.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Only ids at or after this one (ordinal): where a page starts.</summary>
    public string? FromInstanceId { get; init; }

    /// <summary>How many rows at most, from 1.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Whether inputs, outputs, custom statuses and failures are read; without, they are null.</summary>
    public bool WithPayloads { get; init; } = true;
}
