using DurableTask.Core;
using DurableTask.Sqlite.Storage;
using DurableTask.Sqlite.Timers;

namespace DurableTask.Sqlite.Instances;

/// <summary>Removes ended instances, within a write.</summary>
internal static class Purge
{
    /// <summary>Removes one, if it has ended.</summary>
    /// <returns>How many were removed, children included.</returns>
    public static int One(SqliteSession session, string instanceId, bool isRecursive)
    {
        if (InstanceRows.Find(session, instanceId) is not { IsOpen: false } instance)
        {
            return 0;
        }

        // The row goes first, so that instances whose ids name each other as parents don't go round.
        InstanceRows.Delete(session, instance.Key);
        return 1 + (isRecursive ? FindChildren(session, instanceId).Sum(child => One(session, child, isRecursive)) : 0);
    }

    /// <summary>Removes a part of the ended instances that a filter matches.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="filter">Which.</param>
    /// <param name="after">The key after which to begin.</param>
    /// <param name="count">How many at most, but for children.</param>
    /// <param name="isRecursive">Whether children are removed too.</param>
    /// <returns>How many were removed, and the key after which to go on; null if there are no more.</returns>
    public static (int Purged, long? Last) Some(SqliteSession session, PurgeInstanceFilter filter, long after, int count, bool isRecursive)
    {
        var statuses = filter.RuntimeStatus?.Distinct().Order().Select(status => (int)status).ToList() ?? [];
        var withStatus = statuses.Count == 0 ? "" : $"AND status IN ({string.Join(", ", statuses)})";
        var row = session.Statement(
            $"""
            SELECT key, instance_id FROM instances
            WHERE key > ? AND completed_at IS NOT NULL AND created_at >= ? AND created_at <= ? {withStatus} ORDER BY key LIMIT ?
            """)
            .Bind(after).Bind(Utc.From(filter.CreatedTimeFrom)).Bind(Utc.From(filter.CreatedTimeTo ?? DateTime.MaxValue)).Bind(count);
        return Remove(session, row, count, isRecursive);
    }

    /// <summary>Removes a part of the ended instances that are older than a time.</summary>
    /// <returns>The key after which to go on; null if there are no more.</returns>
    public static long? Before(
        SqliteSession session, DateTime threshold, OrchestrationStateTimeRangeFilterType type, long after, int count)
    {
        var column = type switch
        {
            OrchestrationStateTimeRangeFilterType.OrchestrationCreatedTimeFilter => "created_at",
            OrchestrationStateTimeRangeFilterType.OrchestrationCompletedTimeFilter => "completed_at",
            _ => "updated_at",
        };
        var row = session.Statement(
            $"SELECT key, instance_id FROM instances WHERE key > ? AND completed_at IS NOT NULL AND {column} < ? ORDER BY key LIMIT ?")
            .Bind(after).Bind(Utc.From(threshold)).Bind(count);
        return Remove(session, row, count, isRecursive: false).Last;
    }

    private static (int Purged, long? Last) Remove(SqliteSession session, SqliteStatement row, int count, bool isRecursive)
    {
        List<(long Key, string Id)> found = [];
        while (row.Read())
        {
            found.Add((row.Number(0), row.Text(1)));
        }

        // A child may be gone with its parent already.
        var purged = found.Sum(instance => One(session, instance.Id, isRecursive));
        return (purged, found.Count == count ? found[^1].Key : null);
    }

    private static List<string> FindChildren(SqliteSession session, string parentId)
    {
        List<string> children = [];
        var row = session.Statement("SELECT instance_id FROM instances WHERE parent_instance_id = ? ORDER BY instance_id").Bind(parentId);
        while (row.Read())
        {
            children.Add(row.Text(0));
        }

        return children;
    }
}
