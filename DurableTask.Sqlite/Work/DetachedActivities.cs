using DurableTask.Core;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Work;

/// <summary>The rows of activities that have to run though nothing waits for them: of former executions and of ended instances.</summary>
internal static class DetachedActivities
{
    /// <summary>Inserts one.</summary>
    /// <returns>Its row.</returns>
    public static long Insert(SqliteSession session, TaskMessage message, string json)
    {
        var tags = message.OrchestrationExecutionContext?.OrchestrationTags;
        session.Statement("INSERT INTO activities (instance_id, execution_id, tags, event) VALUES (?, ?, ?, ?)")
            .Bind(message.OrchestrationInstance.InstanceId).Bind(message.OrchestrationInstance.ExecutionId)
            .Bind(tags is null or { Count: 0 } ? null : EventWriter.Write(tags)).Bind(json).Run();
        return session.LastInsertedRow;
    }

    /// <summary>Removes one that has run.</summary>
    public static void Remove(SqliteSession session, long row) =>
        session.Statement("DELETE FROM activities WHERE id = ?").Bind(row).Run();

    /// <summary>Reads all of them.</summary>
    public static List<OpenActivity> ReadAll(SqliteSession session)
    {
        List<OpenActivity> read = [];
        var row = session.Statement("SELECT id, instance_id, execution_id, tags, event FROM activities ORDER BY id");
        while (row.Read())
        {
            OrchestrationInstance instance = new() { InstanceId = row.Text(1), ExecutionId = row.Text(2) };
            OpenActivity activity = new(instance: null, new TaskMessage
            {
                OrchestrationInstance = instance,
                OrchestrationExecutionContext = ExecutionContexts.WithTags(EventReader.ReadTags(row.TextOrNull(3))),
                Event = EventReader.Read(row.Text(4), new StoredTexts(instance.InstanceId, null, null, null)),
            });
            activity.Detach(row.Number(0));
            read.Add(activity);
        }

        return read;
    }
}
