using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Storage;
using DurableTask.Sqlite.Timers;

namespace DurableTask.Sqlite.Queries;

/// <summary>Finds instances by their status and age, a page at a time, in the order of their ids.</summary>
internal static class InstanceFilter
{
    /// <summary>Reads a page.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="query">Which instances.</param>
    /// <param name="after">The last id of the page before; null for the first page.</param>
    public static OrchestrationQueryResult Read(SqliteSession session, OrchestrationQuery query, string? after)
    {
        var row = session.Statement(Sql(query))
            .Bind(after ?? "")
            .Bind(query.InstanceIdPrefix ?? "")
            .Bind(query.CreatedTimeFrom is { } from ? Utc.From(from) : DateTime.MinValue)
            .Bind(query.CreatedTimeTo is { } to ? Utc.From(to) : DateTime.MaxValue)
            .Bind(query.PageSize + 1L);
        List<OrchestrationState> page = [];
        while (row.Read())
        {
            if (page.Count == query.PageSize)
            {
                row.Reset();
                return new OrchestrationQueryResult(page, ContinuationToken.Write(page[^1].OrchestrationInstance.InstanceId));
            }

            page.Add(InstanceStates.Read(row, row.TextOrNull(11), query.FetchInputsAndOutputs));
        }

        return new OrchestrationQueryResult(page, continuationToken: null);
    }

    // Pages go along an index in the order of ids, and never sort: with statuses, one index range each, merged by SQLite.
    private static string Sql(OrchestrationQuery query)
    {
        // A byte that no UTF-8 text has comes after every id that starts with the prefix.
        var select =
            $"""
            SELECT {InstanceStates.Columns}, {(query.FetchInputsAndOutputs ? "input" : "NULL")} FROM instances
            WHERE instance_id >= max(?1, ?2) AND +instance_id > ?1 AND instance_id < ?2 || CAST(x'FF' AS TEXT)
              AND created_at BETWEEN ?3 AND ?4
            """;
        var parts = query.RuntimeStatus is { Count: > 0 } statuses
            ? statuses.Distinct().Order().Select(status => $"{select} AND {Is(status)}")
            : [select];
        return $"{string.Join(" UNION ALL ", parts)} ORDER BY instance_id LIMIT ?5";
    }

    // What is Running in its row, and has no history, is Pending. The index leaves completed instances out: 'status <> 1' lets SQLite use
    // it. The numbers are an enumeration's, so the text is safe.
    private static string Is(OrchestrationStatus status)
    {
        const string HasRun = "EXISTS (SELECT 1 FROM history WHERE instance_key = key)";
        return status switch
        {
            OrchestrationStatus.Completed => "status = 1",
            OrchestrationStatus.Pending => $"status = 0 AND status <> 1 AND NOT {HasRun}",
            OrchestrationStatus.Running => $"status = 0 AND status <> 1 AND {HasRun}",
            _ => $"status = {(int)status} AND status <> 1",
        };
    }
}
