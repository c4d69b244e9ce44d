namespace DurableTask.Core;

/// <summary>The instance that started a sub-orchestration.</summary>
// Public fields, because the published type has them.
#pragma warning disable CA1051
public class ParentInstance
{
    /// <summary>The parent's orchestrator's name.</summary>
    public string? Name;

    /// <summary>The parent's execution.</summary>
    public OrchestrationInstance OrchestrationInstance = null!;

    /// <summary>The id of the task in the parent's history.</summary>
    public int TaskScheduleId;

    /// <summary>The parent's orchestrator's version, or null.</summary>
    public string? Version;
}
#pragma warning restore CA1051
