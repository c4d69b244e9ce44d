namespace Microsoft.DurableTask.Client;

/// <summary>Options for starting an orchestration, by status and not by name.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>The statuses that an instance can have which keeps another from starting with its id.</summary>
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses =
    [
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
#pragma warning disable CS0618 // It is in the published list, though no backend uses it.
        OrchestrationRuntimeStatus.Canceled,
#pragma warning restore CS0618
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
    ];

    /// <summary>Says in which statuses an instance that has the id already keeps it.</summary>
    /// <param name="options">The options to start from.</param>
    /// <param name="dedupeStatuses">The statuses. One that isn't finished keeps its id whether it is named or not.</param>
    /// <returns>New options.</returns>
    public static StartOrchestrationOptions WithDedupeStatuses(
        this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
    }
}
