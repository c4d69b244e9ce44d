using DurableTask.Core;

namespace LocalRuntime.Storage;

/// <summary>Writes and reads the rows of instances.</summary>
internal static class SqliteInstances
{
    // In the order in which Read takes them.
    private const string Head = "key, instance_id, execution_id, name, version, status, created_at, updated_at, completed_at, parent_instance_id, tags";

    /// <summary>The columns that <see cref="ReadRow"/> reads.</summary>
    public const string Columns = Head + ", input, output, custom_status, failure";

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
        Output = statement.TextOrNull(12),
        CustomStatus = statement.TextOrNull(13),
        Failure = statement.TextOrNull(14),
    };

    public static void Insert(SqliteSession session, InstanceRow row) => session.Statement(
        $"INSERT INTO instances ({Columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
        .Bind(row.Output)
        .Bind(row.CustomStatus)
        .Bind(row.Failure)
        .Run();

    /// <summary>Writes what a turn changes.</summary>
    /// <returns>Whether the row was there.</returns>
    public static bool Update(SqliteSession session, InstanceRow row)
    {
        // Most turns leave the status as it is. Where it isn't set, SQLite needn't touch the index on it.
        return Changed(
            session.Statement(
                """
                UPDATE instances SET execution_id = ?, version = ?, created_at = ?, updated_at = ?, completed_at = ?,
                  input = ?, output = ?, custom_status = ?, failure = ? WHERE key = ? AND status = ?
                """),
            row)
            || Changed(
                session.Statement(
                    """
                    UPDATE instances SET execution_id = ?, version = ?, created_at = ?, updated_at = ?, completed_at = ?,
                      input = ?, output = ?, custom_status = ?, failure = ?, status = ?11 WHERE key = ?10
                    """),
                row);
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

    private static bool Changed(SqliteStatement update, InstanceRow row) => update
        .Bind(row.ExecutionId)
        .Bind(row.Version)
        .Bind(row.CreatedAt)
        .Bind(row.UpdatedAt)
        .Bind(row.CompletedAt)
        .Bind(row.Input)
        .Bind(row.Output)
        .Bind(row.CustomStatus)
        .Bind(row.Failure)
        .Bind(row.Key)
        .Bind((long)row.Status)
        .Run() > 0;
}
