namespace LocalRuntime.Storage;

/// <summary>
/// Removes instances that ended long ago. What a parent that is kept has started is kept with it, so that the parent can be read
/// and rewound with its children; what an earlier execution of it has started is not.
/// </summary>
internal static class SqliteRetention
{
    /// <summary>Looks at the instances that ended in a span of time, the oldest first, and removes those that nobody needs.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="endedBefore">Instances that ended at this time or later stay, in UTC.</param>
    /// <param name="after">The last instance that was looked at; <see cref="RetentionPosition.Start"/> to begin.</param>
    /// <param name="count">At how many it looks at most, from 1.</param>
    public static RetentionBatch Purge(SqliteSession session, DateTime endedBefore, RetentionPosition after, int count)
    {
        List<RetentionPosition> ended = [];
        SqliteStatement statement = session.Statement(
            """
            SELECT completed_at, key FROM instances
            WHERE completed_at IS NOT NULL AND (completed_at, key) > (?, ?) AND completed_at < ?
            ORDER BY completed_at, key LIMIT ?
            """).Bind(after.EndedAt).Bind(after.Key).Bind(endedBefore).Bind(count);
        while (statement.Read())
        {
            ended.Add(new RetentionPosition(statement.Time(0), statement.Number(1)));
        }

        int purged = 0;
        foreach (RetentionPosition instance in ended)
        {
            if (!IsNeeded(session, instance.Key, endedBefore))
            {
                SqliteInstances.Purge(session, instance.Key);
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

    // The history of a child begins with its start, which names the execution that started it.
    private static (long Key, DateTime? EndedAt)? FindParent(SqliteSession session, long key)
    {
        SqliteStatement statement = session.Statement(
            """
            SELECT parent.key, parent.completed_at FROM instances child
            JOIN instances parent ON parent.instance_id = child.parent_instance_id
            WHERE child.key = ?
              AND instr((SELECT events FROM history WHERE instance_key = child.key ORDER BY turn LIMIT 1), parent.execution_id) > 0
            """).Bind(key);
        if (!statement.Read())
        {
            return null;
        }

        (long, DateTime?) found = (statement.Number(0), statement.TimeOrNull(1));
        statement.Reset();
        return found;
    }
}
