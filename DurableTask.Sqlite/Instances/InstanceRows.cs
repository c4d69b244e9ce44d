using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Instances;

/// <summary>Reads and writes rows of instances.</summary>
internal static class InstanceRows
{
    /// <summary>Finds an instance.</summary>
    public static InstanceRow? Find(SqliteSession session, string instanceId)
    {
        var row = session.Statement(
            """
            SELECT key, execution_id, status, completed_at IS NULL,
              completed_at IS NULL AND NOT EXISTS (SELECT 1 FROM history WHERE instance_key = key)
            FROM instances WHERE instance_id = ?
            """).Bind(instanceId);
        if (!row.Read())
        {
            return null;
        }

        var isPending = row.Number(4) != 0;
        InstanceRow found = new(
            row.Number(0),
            instanceId,
            row.Text(1),
            isPending ? OrchestrationStatus.Pending : (OrchestrationStatus)row.Number(2),
            row.Number(3) != 0);
        row.Reset();
        return found;
    }

    /// <summary>Whether a turn of this execution may still be committed.</summary>
    public static bool IsCurrent(SqliteSession session, long key, string executionId)
    {
        var row = session.Statement("SELECT execution_id FROM instances WHERE key = ? AND completed_at IS NULL").Bind(key);
        var isCurrent = row.Read() && row.Text(0) == executionId;
        row.Reset();
        return isCurrent;
    }

    /// <summary>Inserts an instance that has not run yet.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="start">Its start.</param>
    /// <param name="json">The start, as JSON.</param>
    /// <returns>Its key.</returns>
    public static long Insert(SqliteSession session, ExecutionStartedEvent start, string json)
    {
        session.Statement(
            """
            INSERT INTO instances (instance_id, execution_id, name, version, status, created_at, updated_at,
              parent_instance_id, parent_execution_id, start, input)
            VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5, ?6, ?7, ?8, ?9)
            """)
            .Bind(start.OrchestrationInstance.InstanceId).Bind(start.OrchestrationInstance.ExecutionId)
            .Bind(start.Name).Bind(start.Version).Bind(start.Timestamp)
            .Bind(start.ParentInstance?.OrchestrationInstance?.InstanceId).Bind(start.ParentInstance?.OrchestrationInstance?.ExecutionId)
            .Bind(json).Bind(start.Input).Run();
        return session.LastInsertedRow;
    }

    /// <summary>Gives an instance a further execution.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="key">Its key.</param>
    /// <param name="start">The start of the execution.</param>
    /// <param name="json">The start, as JSON.</param>
    /// <param name="status">Running or suspended.</param>
    /// <param name="now">The time, in UTC.</param>
    public static void Restart(
        SqliteSession session, long key, ExecutionStartedEvent start, string json, OrchestrationStatus status, DateTime now) =>
        session.Statement(
            """
            UPDATE instances SET execution_id = ?, name = ?, version = ?, status = ?, created_at = ?, updated_at = ?,
              parent_execution_id = ?, start = ?, input = ?, output = NULL, failure = NULL
            WHERE key = ?
            """)
            .Bind(start.OrchestrationInstance.ExecutionId).Bind(start.Name).Bind(start.Version).Bind((long)status)
            .Bind(start.Timestamp).Bind(now).Bind(start.ParentInstance?.OrchestrationInstance?.ExecutionId)
            .Bind(json).Bind(start.Input).Bind(key).Run();

    /// <summary>Ends an instance. Messages that it has not been given are dropped.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="key">Its key.</param>
    /// <param name="end">The event that has ended it.</param>
    /// <param name="now">The time, in UTC.</param>
    public static void End(SqliteSession session, long key, ExecutionCompletedEvent end, DateTime now)
    {
        session.Statement(
            """
            UPDATE instances SET status = ?1, output = ?2, failure = ?3, updated_at = ?4, completed_at = ?4
            WHERE key = ?5
            """)
            .Bind((long)end.OrchestrationStatus).Bind(end.Result)
            .Bind(end.FailureDetails is null ? null : EventWriter.Write(end.FailureDetails))
            .Bind(now).Bind(key).Run();
        session.Statement("DELETE FROM inbox WHERE instance_key = ?").Bind(key).Run();
    }

    /// <summary>Opens an ended instance again. What it ended with stays until its rewind has replaced the history.</summary>
    public static void Reopen(SqliteSession session, long key, DateTime now) =>
        session.Statement("UPDATE instances SET status = 0, completed_at = NULL, updated_at = ? WHERE key = ?").Bind(now).Bind(key).Run();

    /// <summary>Changes the status of an open instance.</summary>
    public static void SetStatus(SqliteSession session, long key, OrchestrationStatus status) =>
        session.Statement("UPDATE instances SET status = ? WHERE key = ?").Bind((long)status).Bind(key).Run();

    /// <summary>Removes an instance with everything that hangs on it.</summary>
    public static void Delete(SqliteSession session, long key)
    {
        session.Statement("DELETE FROM inbox WHERE instance_key = ?").Bind(key).Run();
        HistoryRows.Delete(session, key);
        session.Statement("DELETE FROM instances WHERE key = ?").Bind(key).Run();
    }
}
