using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Reads a page of instances.</summary>
internal static class SqliteInstanceQuery
{
    public static InstancePage Read(SqliteSession session, InstanceQuery query, CancellationToken cancellation)
    {
        SqliteStatement statement = session.Statement(Sql(query))
            .Bind(query.FromInstanceId ?? "")
            .Bind(query.InstanceIdPrefix ?? "")
            .Bind(query.CreatedFrom ?? DateTime.MinValue)
            .Bind(query.CreatedTo ?? DateTime.MaxValue)
            .Bind(query.CompletedFrom)
            .Bind(query.CompletedTo)
            .Bind(query.PageSize + 1L);
        if (query.ParentInstanceId is { } parent)
        {
            statement.Bind(parent);
        }

        List<InstanceRow> rows = [];
        while (statement.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (rows.Count == query.PageSize)
            {
                return new InstancePage(rows, statement.Text(1));
            }

            rows.Add(SqliteInstances.ReadRow(statement));
        }

        return new InstancePage(rows, null);
    }

    // Pages go along an index in the order of ids, and never sort: with statuses, one index range each, merged by SQLite.
    internal static string Sql(InstanceQuery query)
    {
        string columns = query.WithPayloads ? SqliteInstances.Columns : SqliteInstances.ColumnsWithoutPayloads;

        // A byte that no UTF-8 text has comes after every id that starts with the prefix.
        string select =
            $"""
            SELECT {columns} FROM instances
            WHERE instance_id >= max(?1, ?2) AND instance_id < ?2 || CAST(x'FF' AS TEXT)
              AND created_at BETWEEN ?3 AND ?4
              AND (?5 IS NULL OR completed_at >= ?5) AND (?6 IS NULL OR completed_at <= ?6)
            """;
        if (query.ParentInstanceId is not null)
        {
            select += " AND parent_instance_id = ?8";
        }

        IEnumerable<string> parts = query.Statuses is { Count: > 0 }
            ? query.Statuses.Distinct().Order().Select(status => $"{select} AND status = {(int)status}{Indexed(status)}")
            : [select];
        return $"{string.Join(" UNION ALL ", parts)} ORDER BY instance_id LIMIT ?7";
    }

    // The index on the status leaves completed instances out, and SQLite has to be told that it will do.
    private static string Indexed(OrchestrationStatus status) =>
        status == OrchestrationStatus.Completed ? "" : $" AND status <> {(int)OrchestrationStatus.Completed}";
}
