namespace Microsoft.DurableTask.Client;

/// <summary>Shorter ways to purge instances.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>Removes instances that have ended.</summary>
    /// <param name="client">The client.</param>
    /// <param name="createdFrom">Created at or after; null for any.</param>
    /// <param name="createdTo">Created at or before; null for any.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public static Task<PurgeResult> PurgeInstancesAsync(
        this DurableTaskClient client, DateTimeOffset? createdFrom, DateTimeOffset? createdTo, CancellationToken cancellation = default) =>
        PurgeInstancesAsync(client, createdFrom, createdTo, null, null, cancellation);

    /// <summary>Removes instances that have ended.</summary>
    /// <param name="client">The client.</param>
    /// <param name="createdFrom">Created at or after; null for any.</param>
    /// <param name="createdTo">Created at or before; null for any.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public static Task<PurgeResult> PurgeInstancesAsync(
        this DurableTaskClient client,
        DateTimeOffset? createdFrom,
        DateTimeOffset? createdTo,
        PurgeInstanceOptions? options,
        CancellationToken cancellation = default) =>
        PurgeInstancesAsync(client, createdFrom, createdTo, null, options, cancellation);

    /// <summary>Removes instances that have ended.</summary>
    /// <param name="client">The client.</param>
    /// <param name="createdFrom">Created at or after; null for any.</param>
    /// <param name="createdTo">Created at or before; null for any.</param>
    /// <param name="statuses">With one of these statuses; null for all that are finished.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public static Task<PurgeResult> PurgeInstancesAsync(
        this DurableTaskClient client,
        DateTimeOffset? createdFrom,
        DateTimeOffset? createdTo,
        IEnumerable<OrchestrationRuntimeStatus>? statuses,
        CancellationToken cancellation = default) =>
        PurgeInstancesAsync(client, createdFrom, createdTo, statuses, null, cancellation);

    /// <summary>Removes instances that have ended.</summary>
    /// <param name="client">The client.</param>
    /// <param name="createdFrom">Created at or after; null for any.</param>
    /// <param name="createdTo">Created at or before; null for any.</param>
    /// <param name="statuses">With one of these statuses; null for all that are finished.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Ends the wait; what was removed stays so.</param>
    public static Task<PurgeResult> PurgeInstancesAsync(
        this DurableTaskClient client,
        DateTimeOffset? createdFrom,
        DateTimeOffset? createdTo,
        IEnumerable<OrchestrationRuntimeStatus>? statuses,
        PurgeInstanceOptions? options,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.PurgeAllInstancesAsync(new PurgeInstancesFilter(createdFrom, createdTo, statuses), options, cancellation);
    }
}
