namespace Microsoft.DurableTask.Client;

/// <summary>Which instances to purge.</summary>
/// <param name="CreatedFrom">Created at or after; null for any.</param>
/// <param name="CreatedTo">Created at or before; null for any.</param>
/// <param name="Statuses">With one of these statuses; null for all that are finished.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>
    /// After how long no further batch of instances is begun; null for as long as it takes. What is left then stays, and
    /// <see cref="PurgeResult.IsComplete"/> is false: another call goes on with it.
    /// </summary>
    public TimeSpan? Timeout { get; init; }
}
