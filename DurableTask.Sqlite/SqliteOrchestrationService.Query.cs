using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Queries;

namespace DurableTask.Sqlite;

/// <content>Queries and purges.</content>
public sealed partial class SqliteOrchestrationService
{
    // Bounds how long the committer is busy with a part of a purge.
    private const int PurgeBatch = 200;

    /// <summary>Finds instances, a page at a time, in the order of their ids (by their UTF-8 bytes).</summary>
    /// <param name="query">Which instances. Times include their limits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The continuation token or the page size can't be used.</exception>
    public async Task<OrchestrationQueryResult> GetOrchestrationWithQueryAsync(
        OrchestrationQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
        var after = ContinuationToken.Read(query.ContinuationToken);
        return query.TaskHubNames is { Count: > 0 } hubs && !hubs.Contains(settings.TaskHubName, StringComparer.OrdinalIgnoreCase)
            ? new OrchestrationQueryResult([], continuationToken: null)
            : await database.ReadAsync(session => InstanceFilter.Read(session, query, after), cancellationToken);
    }

    /// <summary>Removes an ended instance. One that is open stays.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <returns>How many instances were removed.</returns>
    public Task<PurgeResult> PurgeInstanceStateAsync(string instanceId) => PurgeInstanceStateAsync(instanceId, isRecursive: false);

    /// <summary>Removes an ended instance. One that is open stays.</summary>
    /// <param name="instanceId">Its id.</param>
    /// <param name="isRecursive">Whether its children that have ended are removed as well, and theirs, in the same commit.</param>
    /// <returns>How many instances were removed.</returns>
    public async Task<PurgeResult> PurgeInstanceStateAsync(string instanceId, bool isRecursive)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        return new PurgeResult(await database.WriteAsync(session => Purge.One(session, instanceId, isRecursive)), isComplete: true);
    }

    /// <summary>Removes ended instances.</summary>
    /// <param name="purgeInstanceFilter">
    /// Which: times include their limits; statuses of open instances match none; no statuses match all ended ones.
    /// </param>
    /// <returns>How many instances were removed, and whether those were all or the filter's timeout has passed.</returns>
    public Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter) =>
        PurgeInstanceStateAsync(purgeInstanceFilter, isRecursive: false);

    /// <summary>Removes ended instances.</summary>
    /// <param name="purgeInstanceFilter">
    /// Which: times include their limits; statuses of open instances match none; no statuses match all ended ones.
    /// </param>
    /// <param name="isRecursive">Whether their children that have ended are removed as well, and theirs.</param>
    /// <returns>How many instances were removed, and whether those were all or the filter's timeout has passed.</returns>
    public async Task<PurgeResult> PurgeInstanceStateAsync(PurgeInstanceFilter purgeInstanceFilter, bool isRecursive)
    {
        ArgumentNullException.ThrowIfNull(purgeInstanceFilter);
        var begun = clock.GetTimestamp();
        var purged = 0;
        var after = 0L;
        while (true)
        {
            var (count, last) = await database.WriteAsync(
                session => Purge.Some(session, purgeInstanceFilter, after, PurgeBatch, isRecursive));
            purged += count;
            if (last is null)
            {
                return new PurgeResult(purged, isComplete: true);
            }

            if (purgeInstanceFilter.Timeout is { } timeout && clock.GetElapsedTime(begun) >= timeout)
            {
                return new PurgeResult(purged, isComplete: false);
            }

            after = last.Value;
        }
    }

    /// <summary>Removes instances that ended.</summary>
    /// <param name="thresholdDateTimeUtc">Those before this time, in UTC.</param>
    /// <param name="timeRangeFilterType">Which time of theirs: when they were created, changed last, or ended.</param>
    public async Task PurgeOrchestrationHistoryAsync(
        DateTime thresholdDateTimeUtc, OrchestrationStateTimeRangeFilterType timeRangeFilterType)
    {
        long? after = 0;
        while (after is { } position)
        {
            after = await database.WriteAsync(session =>
                Purge.Before(session, thresholdDateTimeUtc, timeRangeFilterType, position, PurgeBatch));
        }
    }
}
