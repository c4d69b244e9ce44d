using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;
using DurableTask.Sqlite.Storage;

namespace DurableTask.Sqlite.Instances;

/// <summary>Writes messages to instances, within a write.</summary>
internal static class Inbox
{
    /// <summary>Puts a message into the inbox of an open instance.</summary>
    public static MessageDelivered Add(SqliteSession session, long key, OutgoingMessage message)
    {
        session.Statement("INSERT INTO inbox (instance_key, execution_id, event) VALUES (?, ?, ?)")
            .Bind(key).Bind(message.Message.OrchestrationInstance.ExecutionId).Bind(message.Json).Run();
        return new MessageDelivered(key, new InboxMessage(session.LastInsertedRow, message.Message));
    }

    /// <summary>Removes a message that a turn has consumed.</summary>
    public static void Remove(SqliteSession session, long row) =>
        session.Statement("DELETE FROM inbox WHERE id = ?").Bind(row).Run();

    /// <summary>Sends what an orchestrator has sent: nothing fails if the message can't be delivered any more.</summary>
    /// <param name="session">Where to.</param>
    /// <param name="sender">The key of the sender.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="changes">Takes what has changed.</param>
    /// <returns>Whether the message had a receiver.</returns>
    public static bool SendFromTurn(SqliteSession session, long sender, OutgoingMessage message, DateTime now, List<Change> changes)
    {
        var receiver = InstanceRows.Find(session, message.InstanceId);
        switch (message.Message.Event)
        {
            case ExecutionStartedEvent start:
                StartChild(session, sender, start, message, receiver, now, changes);
                return true;
            case ExecutionRewoundEvent when receiver is { IsOpen: false }:
                changes.Add(Rewind(session, receiver, message, now));
                return true;
        }

        if (receiver is not { IsOpen: true } || !IsForExecution(message.Message.OrchestrationInstance.ExecutionId, receiver))
        {
            return false;
        }

        changes.Add(Add(session, receiver.Key, message));
        return true;
    }

    /// <summary>Opens an ended instance again, with a rewind as its next message.</summary>
    public static InstanceReopened Rewind(SqliteSession session, InstanceRow instance, OutgoingMessage message, DateTime now)
    {
        InstanceRows.Reopen(session, instance.Key, now);
        var delivered = Add(session, instance.Key, message);
        return new InstanceReopened(
            instance.Key,
            new OrchestrationInstance { InstanceId = instance.InstanceId, ExecutionId = instance.ExecutionId },
            HistoryRows.Count(session, instance.Key),
            delivered.Message);
    }

    // An outcome for an execution that is over: the dispatcher would drop it.
    private static bool IsForExecution(string? executionId, InstanceRow receiver) =>
        string.IsNullOrWhiteSpace(executionId) || executionId == receiver.ExecutionId;

    private static void StartChild(
        SqliteSession session,
        long sender,
        ExecutionStartedEvent start,
        OutgoingMessage message,
        InstanceRow? taken,
        DateTime now,
        List<Change> changes)
    {
        if (taken is { IsOpen: true })
        {
            if (start.ParentInstance is { } parent && start.Tags?.ContainsKey(OrchestrationTags.FireAndForget) != true)
            {
                changes.Add(Add(session, sender, IdIsTaken(parent, start.OrchestrationInstance.InstanceId, now)));
            }

            return;
        }

        if (taken is not null)
        {
            InstanceRows.Delete(session, taken.Key);
        }

        changes.Add(new InstanceStarted(InstanceRows.Insert(session, start, message.Json), message.Message));
    }

    private static OutgoingMessage IdIsTaken(ParentInstance parent, string instanceId, DateTime now)
    {
        var reason = $"An orchestration with the id '{instanceId}' is running already.";
        FailureDetails failure = new(
            typeof(Core.Exceptions.OrchestrationAlreadyExistsException).FullName!, reason, null, null, isNonRetriable: true);
        return OutgoingMessage.From(
            new TaskMessage
            {
                OrchestrationInstance = parent.OrchestrationInstance,
                Event = new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, reason, null, failure),
            },
            now);
    }
}
