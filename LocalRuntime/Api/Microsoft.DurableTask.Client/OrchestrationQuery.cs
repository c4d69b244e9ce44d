namespace Microsoft.DurableTask.Client;

/// <summary>Which instances to read.</summary>
/// <param name="CreatedFrom">Created at or after; null for any.</param>
/// <param name="CreatedTo">Created at or before; null for any.</param>
/// <param name="Statuses">With one of these statuses; null for any.</param>
/// <param name="TaskHubNames">In these task hubs; null for any. A host has only one.</param>
/// <param name="InstanceIdPrefix">With ids that start so; null for any.</param>
/// <param name="PageSize">How many a page, from 1.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom statuses are read.</param>
/// <param name="ContinuationToken">Where to go on: a token of an earlier page; null for the start.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>How many instances a page has unless one asks for another number.</summary>
    public const int DefaultPageSize = 100;
}
