using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Retention;

/// <summary>A part of the instances whose retention is over.</summary>
/// <param name="Purged">How many were removed.</param>
/// <param name="Next">Where the next part begins; null if there is none.</param>
internal sealed record RetentionBatch(int Purged, RetentionPosition? Next)
{
    /// <summary>
    /// Goes through instances that ended before a time, the oldest first, and removes those that no parent needs: what a parent that
    /// is kept has started in its present execution is kept with it, so that it can be read and rewound with its children.
    /// </summary>
    /// <param name="session">Where to.</param>
    /// <param name="endedBefore">Instances that ended at this time or later stay, in UTC.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="count">How many instances to go through at most, from 1.</param>
    public static RetentionBatch Purge(SqliteSession session, DateTime endedBefore, RetentionPosition after, int count)
    {
        List<RetentionPosition> ended = [];
        var row = session.Statement(
            """
            SELECT completed_at, key FROM instances
            WHERE completed_at IS NOT NULL AND (completed_at, key) > (?, ?) AND completed_at < ?
            ORDER BY completed_at, key LIMIT ?
            """).Bind(after.EndedAt).Bind(after.Key).Bind(endedBefore).Bind(count);
        while (row.Read())
        {
            ended.Add(new RetentionPosition(row.Time(0), row.Number(1)));
        }

        var purged = 0;
        foreach (var instance in ended)
        {
            if (!IsNeeded(session, instance.Key, endedBefore))
            {
                InstanceRows.Delete(session, instance.Key);
                purged++;
            }
        }

        return new RetentionBatch(purged, ended.Count == count ? ended[^1] : null);
    }

    // Up to the first ancestor that is kept by itself, or that is gone.
    private static bool IsNeeded(SqliteSession session, long key, DateTime endedBefore)
    {
        HashSet<long> seen = [key];
        while (FindParent(session, key) is { } parent && seen.Add(parent.Key))
        {
            if (parent.EndedAt is null || parent.EndedAt >= endedBefore)
            {
                return true;
            }

            key = parent.Key;
        }

        return false;
    }

    private static (long Key, DateTime? EndedAt)? FindParent(SqliteSession session, long key)
    {
        var row = session.Statement(
            """
            SELECT parent.key, parent.completed_at FROM instances child
            JOIN instances parent ON parent.instance_id = child.parent_instance_id AND parent.execution_id = child.parent_execution_id
            WHERE child.key = ?
            """).Bind(key);
        if (!row.Read())
        {
            return null;
        }

        (long, DateTime?) found = (row.Number(0), row.TimeOrNull(1));
        row.Reset();
        return found;
    }
}
