using DurableTask.Core.Tracing;

namespace LocalRuntime.Storage;

/// <summary>Reads the work that was left open.</summary>
internal static class SqliteOpenWork
{
    // CROSS JOIN makes SQLite begin with the few open things instead of with all instances that ever were.
    public static OpenWork Read(SqliteSession session) => new(
        SqliteHighWaterMarks.ReadInstanceKey(session),
        SqliteHighWaterMarks.ReadMessageId(session),
        Rows(
            session,
            "SELECT instance_id FROM instances WHERE key IN (SELECT instance_key FROM inbox WHERE visible_at IS NULL) ORDER BY key",
            row => row.Text(0)),
        Rows(
            session,
            "SELECT instance_id, visible_at FROM inbox CROSS JOIN instances ON key = instance_key WHERE visible_at IS NOT NULL ORDER BY visible_at, message_id",
            row => new DelayedMessage(row.Text(0), row.Time(1))),
        Rows(
            session,
            "SELECT activity_id, key, instance_id, a.execution_id, task_id, a.name, a.version, a.input, trace_parent, trace_state"
            + " FROM activities a CROSS JOIN instances ON key = instance_key ORDER BY key, activity_id",
            row => new ScheduledActivity(
                row.Number(0),
                row.Number(1),
                row.Text(2),
                row.Text(3),
                (int)row.Number(4),
                row.Text(5),
                row.TextOrNull(6),
                row.TextOrNull(7))
            {
                Trace = row.TextOrNull(8) is { } parent ? new DistributedTraceContext(parent, row.TextOrNull(9)) : null,
            }),
        Rows(
            session,
            "SELECT key, instance_id, execution_id, timer_id, fire_at FROM timers CROSS JOIN instances ON key = instance_key ORDER BY fire_at, key, timer_id",
            row => new ScheduledTimer(row.Number(0), row.Text(1), row.Text(2), (int)row.Number(3), row.Time(4))));

    private static List<T> Rows<T>(SqliteSession session, string sql, Func<SqliteStatement, T> read)
    {
        List<T> rows = [];
        SqliteStatement statement = session.Statement(sql);
        while (statement.Read())
        {
            rows.Add(read(statement));
        }

        return rows;
    }
}
