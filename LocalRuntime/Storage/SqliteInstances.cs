using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Writes and reads the rows of instances.</summary>
internal static class SqliteInstances
{
    // The row of an instance that goes on is as old as its last change of status: what came since is beside its last turn.
    private const string LastTurn = "FROM history WHERE instance_key = key AND completed_at IS NULL ORDER BY turn DESC LIMIT 1";

    // Many an orchestrator returns what it has said last: an output that is the custom status is kept once. JSON never begins so,
    // but a reason to terminate may.
    private const string SameAsCustomStatus = "=";

    // In the order in which Read takes them.
    private const string Head =
        "key, instance_id, execution_id, name, version, status, created_at, "
        + $"coalesce((SELECT history.updated_at {LastTurn}), updated_at), completed_at, parent_instance_id, tags";

    /// <summary>The columns that <see cref="ReadRow"/> reads.</summary>
    public const string Columns = Head + $", input, output, coalesce((SELECT history.custom_status {LastTurn}), custom_status), failure";

    /// <summary>The same without inputs, outputs, custom statuses and failures, which are read as null.</summary>
    public const string ColumnsWithoutPayloads = Head + ", NULL, NULL, NULL, NULL";

    /// <summary>Finds the instance that has an id.</summary>
    public static (long Key, OrchestrationStatus Status)? Find(SqliteSession session, string instanceId)
    {
        SqliteStatement statement = session.Statement("SELECT key, status FROM instances WHERE instance_id = ?").Bind(instanceId);
        if (!statement.Read())
        {
            return null;
        }

        (long, OrchestrationStatus) found = (statement.Number(0), (OrchestrationStatus)statement.Number(1));
        statement.Reset();
        return found;
    }

    public static InstanceRow? Read(SqliteSession session, string instanceId)
    {
        SqliteStatement statement = session.Statement($"SELECT {Columns} FROM instances WHERE instance_id = ?").Bind(instanceId);
        return statement.Read() ? ReadRow(statement) : null;
    }

    public static InstanceRow ReadRow(SqliteStatement statement) => new()
    {
        Key = statement.Number(0),
        InstanceId = statement.Text(1),
        ExecutionId = statement.Text(2),
        Name = statement.Text(3),
        Version = statement.TextOrNull(4),
        Status = (OrchestrationStatus)statement.Number(5),
        CreatedAt = statement.Time(6),
        UpdatedAt = statement.Time(7),
        CompletedAt = statement.TimeOrNull(8),
        ParentInstanceId = statement.TextOrNull(9),
        Tags = statement.TextOrNull(10),
        Input = statement.TextOrNull(11),
        Output = OutputOf(statement.TextOrNull(12), statement.TextOrNull(13)),
        CustomStatus = statement.TextOrNull(13),
        Failure = statement.TextOrNull(14),
    };

    public static void Insert(SqliteSession session, InstanceRow row) => session.Statement(
        "INSERT INTO instances (key, instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, parent_instance_id, tags,"
        + " input, output, custom_status, failure) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .Bind(row.Key)
        .Bind(row.InstanceId)
        .Bind(row.ExecutionId)
        .Bind(row.Name)
        .Bind(row.Version)
        .Bind((long)row.Status)
        .Bind(row.CreatedAt)
        .Bind(row.UpdatedAt)
        .Bind(row.CompletedAt)
        .Bind(row.ParentInstanceId)
        .Bind(row.Tags)
        .Bind(row.Input)
        .Bind(KeptOutput(row))
        .Bind(row.CustomStatus)
        .Bind(row.Failure)
        .Run();

    /// <summary>Writes what a turn changes, unless that is all in the row of the turn.</summary>
    /// <returns>Whether the row is there.</returns>
    public static bool Update(SqliteSession session, InstanceRow row)
    {
        SqliteStatement present = session.Statement("SELECT status = ?2 AND execution_id = ?3 AND output IS ?4 FROM instances WHERE key = ?1")
            .Bind(row.Key).Bind((long)row.Status).Bind(row.ExecutionId).Bind(KeptOutput(row));
        if (!present.Read())
        {
            return false;
        }

        bool isUnchanged = present.Number(0) != 0;
        present.Reset();
        if (!isUnchanged)
        {
            session.Statement(
                """
                UPDATE instances SET execution_id = ?, version = ?, status = ?, created_at = ?, updated_at = ?, completed_at = ?,
                  input = ?, output = ?, custom_status = ?, failure = ? WHERE key = ?
                """)
                .Bind(row.ExecutionId)
                .Bind(row.Version)
                .Bind((long)row.Status)
                .Bind(row.CreatedAt)
                .Bind(row.UpdatedAt)
                .Bind(row.CompletedAt)
                .Bind(row.Input)
                .Bind(KeptOutput(row))
                .Bind(row.CustomStatus)
                .Bind(row.Failure)
                .Bind(row.Key)
                .Run();
        }

        return true;
    }

    /// <summary>Removes an instance with everything that belongs to it.</summary>
    public static void Purge(SqliteSession session, long key)
    {
        session.Statement("DELETE FROM instances WHERE key = ?").Bind(key).Run();
        session.Statement("DELETE FROM history WHERE instance_key = ?").Bind(key).Run();
        session.Statement("DELETE FROM inbox WHERE instance_key = ?").Bind(key).Run();
        session.Statement("DELETE FROM activities WHERE instance_key = ?").Bind(key).Run();
        session.Statement("DELETE FROM timers WHERE instance_key = ?").Bind(key).Run();
    }

    private static string? KeptOutput(InstanceRow row) =>
        row.CompletedAt is not null && row.Output is not null && row.Output == row.CustomStatus ? SameAsCustomStatus
        : IsMarked(row.Output) ? SameAsCustomStatus + row.Output
        : row.Output;

    private static string? OutputOf(string? kept, string? customStatus) =>
        kept == SameAsCustomStatus ? customStatus : IsMarked(kept) ? kept![SameAsCustomStatus.Length..] : kept;

    private static bool IsMarked(string? output) => output?.StartsWith(SameAsCustomStatus, StringComparison.Ordinal) == true;
}
