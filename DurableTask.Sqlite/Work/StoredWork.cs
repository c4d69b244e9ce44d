using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Work;

/// <summary>All work that the file has: what memory is made of at the start, and after a lost transaction.</summary>
/// <param name="Instances">The open instances.</param>
/// <param name="Detached">Activities that nothing waits for.</param>
internal sealed record StoredWork(IReadOnlyList<StoredInstance> Instances, IReadOnlyList<OpenActivity> Detached)
{
    /// <summary>Reads it.</summary>
    public static StoredWork Read(SqliteSession session)
    {
        List<(long Key, OrchestrationStatus Status, string ExecutionId)> open = [];

        // The index leaves completed instances out: the second condition lets SQLite use it.
        var row = session.Statement("SELECT key, status, execution_id FROM instances WHERE status IN (0, 7) AND status <> 1 ORDER BY key");
        while (row.Read())
        {
            open.Add((row.Number(0), (OrchestrationStatus)row.Number(1), row.Text(2)));
        }

        return new StoredWork(
            [.. open.Select(instance => ReadInstance(session, instance.Key, instance.Status, instance.ExecutionId))],
            DetachedActivities.ReadAll(session));
    }

    private static StoredInstance ReadInstance(SqliteSession session, long key, OrchestrationStatus status, string executionId)
    {
        var history = HistoryRows.Read(session, key)!;
        OrchestrationInstance instance = new() { InstanceId = history.Texts.InstanceId, ExecutionId = executionId };
        List<InboxMessage> inbox = [];
        var row = session.Statement("SELECT id, execution_id, event FROM inbox WHERE instance_key = ? ORDER BY id").Bind(key);
        while (row.Read())
        {
            inbox.Add(new InboxMessage(row.Number(0), new TaskMessage
            {
                OrchestrationInstance = new OrchestrationInstance { InstanceId = instance.InstanceId, ExecutionId = row.TextOrNull(1) },
                Event = EventReader.Read(row.Text(2), history.Texts),
            }));
        }

        if (history.Turns.Count == 0)
        {
            var start = (ExecutionStartedEvent)EventReader.Read(history.Start, history.Texts);
            return new StoredInstance(
                key, instance, status, 0, new TaskMessage { OrchestrationInstance = instance, Event = start }, OpenWork.None, inbox);
        }

        var events = history.Turns.SelectMany(turn => EventReader.ReadAll(turn, history.Texts));

        // The history of an instance that is to be rewound says that it has ended: it waits for nothing but the rewind.
        var isEnded = inbox.Exists(message => message.Message.Event is ExecutionRewoundEvent)
            && (events = [.. events]).Any(item => item is ExecutionCompletedEvent);
        var work = isEnded ? OpenWork.None : OpenWork.Find(instance, events);
        return new StoredInstance(key, instance, status, history.Turns.Count, null, work, inbox);
    }
}
