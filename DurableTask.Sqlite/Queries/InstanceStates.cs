using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Queries;

/// <summary>Reads the status of instances.</summary>
internal static class InstanceStates
{
    /// <summary>The columns that <see cref="Read"/> reads. What turns change stands in the history.</summary>
    public const string Columns =
        """
        instance_id, execution_id, status, created_at, completed_at, start, output, failure,
          CASE WHEN completed_at IS NULL
            THEN (SELECT updated_at FROM history WHERE instance_key = key ORDER BY turn DESC LIMIT 1) ELSE updated_at END,
          (SELECT custom_status FROM history WHERE instance_key = key AND custom_status IS NOT NULL ORDER BY turn DESC LIMIT 1),
          updated_at
        """;

    /// <summary>Finds an instance, with its input and output.</summary>
    public static OrchestrationState? Find(SqliteSession session, string instanceId)
    {
        var row = session.Statement($"SELECT {Columns}, input FROM instances WHERE instance_id = ?").Bind(instanceId);
        if (!row.Read())
        {
            return null;
        }

        var state = Read(row, row.TextOrNull(11), withOutput: true);
        row.Reset();
        return state;
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">Stands on it.</param>
    /// <param name="input">The instance's input, if it is wanted.</param>
    /// <param name="withOutput">Whether the output is wanted.</param>
    public static OrchestrationState Read(SqliteStatement row, string? input, bool withOutput)
    {
        var start = (ExecutionStartedEvent)EventReader.Read(row.Text(5), new StoredTexts(row.Text(0), input, null, null));
        var completedAt = row.TimeOrNull(4);
        var turnAt = row.TimeOrNull(8);
        var isEnded = completedAt is not null;
        var failure = isEnded ? EventReader.ReadFailure(row.TextOrNull(7)) : null;
        var customStatus = row.TextOrNull(9);
        return new OrchestrationState
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = row.Text(0), ExecutionId = row.Text(1) },
            ParentInstance = start.ParentInstance,
            Name = start.Name,
            Version = start.Version,
            Tags = start.Tags,
            Generation = start.Generation,
            ScheduledStartTime = start.ScheduledStartTime,
            Input = input,
            OrchestrationStatus = turnAt is null ? OrchestrationStatus.Pending : (OrchestrationStatus)row.Number(2),
            CreatedTime = row.Time(3),
            LastUpdatedTime = turnAt ?? row.Time(10),
            CompletedTime = completedAt ?? DateTime.MaxValue.AddDays(-1),
            Output = isEnded && withOutput ? failure?.ToString() ?? row.TextOrNull(6) : null,
            FailureDetails = withOutput ? failure : null,
            Status = customStatus is "" ? null : customStatus,
        };
    }
}
