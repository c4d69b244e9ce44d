using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Instances;

/// <summary>Terminates instances, within a write.</summary>
internal static class Termination
{
    /// <summary>Terminates an open instance: by a message, or at once if it has not run yet.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="reason">Why.</param>
    /// <param name="isRecursive">Whether the children that it waits for are terminated too, and theirs.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="changes">Takes what has changed.</param>
    public static void Terminate(
        SqliteSession session, InstanceRow instance, string? reason, bool isRecursive, DateTime now, List<Change> changes)
    {
        if (instance.Status == OrchestrationStatus.Pending)
        {
            EndPending(session, instance, reason, now, changes);
            return;
        }

        changes.Add(Inbox.Add(session, instance.Key, OutgoingMessage.From(
            new TaskMessage
            {
                OrchestrationInstance = new OrchestrationInstance { InstanceId = instance.InstanceId },
                Event = new ExecutionTerminatedEvent(-1, reason),
            },
            now)));
        if (isRecursive)
        {
            foreach (var child in FindChildren(session, instance))
            {
                Terminate(session, child, reason, isRecursive, now, changes);
            }
        }
    }

    // Its code never runs: what a first turn would have done is not wanted any more.
    private static void EndPending(SqliteSession session, InstanceRow instance, string? reason, DateTime now, List<Change> changes)
    {
        var history = HistoryRows.Read(session, instance.Key)!;
        var start = (ExecutionStartedEvent)EventReader.Read(history.Start, history.Texts);
        ExecutionCompletedEvent end = new(-1, reason, OrchestrationStatus.Terminated) { Timestamp = now };
        HistoryEvent[] events =
        [
            new OrchestratorStartedEvent(-1) { Timestamp = now },
            start,
            new ExecutionTerminatedEvent(-1, reason) { Timestamp = now },
            end,
            new OrchestratorCompletedEvent(-1) { Timestamp = now },
        ];
        HistoryRows.Append(session, instance.Key, 0, now, null, EventWriter.Write(events, end));
        InstanceRows.End(session, instance.Key, end, now);
        changes.Add(new InstanceClosed(instance.Key, instance.InstanceId));
        if (start.ParentInstance is { } parent && start.Tags?.ContainsKey(OrchestrationTags.FireAndForget) != true)
        {
            SubOrchestrationInstanceFailedEvent failed = new(-1, parent.TaskScheduleId, reason, null);
            TaskMessage outcome = new() { OrchestrationInstance = parent.OrchestrationInstance, Event = failed };
            Inbox.SendFromTurn(session, instance.Key, OutgoingMessage.From(outcome, now), now, changes);
        }
    }

    private static List<InstanceRow> FindChildren(SqliteSession session, InstanceRow parent)
    {
        List<string> ids = [];
        var row = session.Statement(
            """
            SELECT instance_id, start FROM instances
            WHERE parent_instance_id = ? AND parent_execution_id = ? AND completed_at IS NULL ORDER BY key
            """).Bind(parent.InstanceId).Bind(parent.ExecutionId);
        while (row.Read())
        {
            var start = (ExecutionStartedEvent)EventReader.Read(row.Text(1), new StoredTexts(row.Text(0), null, null, null));
            if (start.Tags?.ContainsKey(OrchestrationTags.FireAndForget) != true)
            {
                ids.Add(row.Text(0));
            }
        }

        return ids.ConvertAll(id => InstanceRows.Find(session, id)!);
    }
}
