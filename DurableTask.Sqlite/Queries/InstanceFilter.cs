using System.Text;
using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Storage;

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
        var statuses = query.RuntimeStatus is { Count: > 0 } wanted ? wanted.Distinct().Order().ToList() : [];
        StringBuilder sql = new($"SELECT {InstanceStates.Columns}");
        sql.Append(query.FetchInputsAndOutputs ? ", input" : ", NULL").Append(" FROM instances WHERE instance_id > ?");
        if (query.InstanceIdPrefix is { Length: > 0 })
        {
            sql.Append(" AND instance_id >= ? AND substr(instance_id, 1, length(?)) = ?");
        }

        if (query.CreatedTimeFrom is not null)
        {
            sql.Append(" AND created_at >= ?");
        }

        if (query.CreatedTimeTo is not null)
        {
            sql.Append(" AND created_at <= ?");
        }

        if (statuses.Count > 0)
        {
            AppendStatuses(sql, statuses);
        }

        var row = session.Statement(sql.Append(" ORDER BY instance_id LIMIT ?").ToString()).Bind(after ?? "");
        if (query.InstanceIdPrefix is { Length: > 0 } prefix)
        {
            row.Bind(prefix).Bind(prefix).Bind(prefix);
        }

        if (query.CreatedTimeFrom is { } from)
        {
            row.Bind(Timers.Utc.From(from));
        }

        if (query.CreatedTimeTo is { } to)
        {
            row.Bind(Timers.Utc.From(to));
        }

        row.Bind(query.PageSize + 1L);
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

    // What is Running in its row, and has no history, is Pending. The numbers are an enumeration's, so the text is safe and kept short.
    private static void AppendStatuses(StringBuilder sql, List<OrchestrationStatus> statuses)
    {
        const string HasRun = "EXISTS (SELECT 1 FROM history WHERE instance_key = key)";
        sql.Append(" AND (");
        for (var i = 0; i < statuses.Count; i++)
        {
            sql.Append(i == 0 ? "" : " OR ").Append(statuses[i] switch
            {
                OrchestrationStatus.Pending => $"(status = 0 AND NOT {HasRun})",
                OrchestrationStatus.Running => $"(status = 0 AND {HasRun})",
                var status => $"status = {(int)status}",
            });
        }

        sql.Append(')');
    }
}
