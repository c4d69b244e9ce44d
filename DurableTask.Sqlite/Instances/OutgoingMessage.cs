using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.History;

namespace DurableTask.Sqlite.Instances;

/// <summary>A message with what is stored of it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Json">Its event, as JSON.</param>
internal sealed record OutgoingMessage(TaskMessage Message, string Json)
{
    /// <summary>The instance that it is for.</summary>
    public string InstanceId => Message.OrchestrationInstance.InstanceId;

    /// <summary>The start that it is, or null.</summary>
    public ExecutionStartedEvent? Start => Message.Event as ExecutionStartedEvent;

    /// <summary>Makes one of a message, whose event gets the time.</summary>
    public static OutgoingMessage From(TaskMessage message, DateTime now)
    {
        message.Event.Timestamp = now;
        if (message.Event is ExecutionStartedEvent start)
        {
            start.OrchestrationInstance ??= message.OrchestrationInstance;
        }

        return new OutgoingMessage(message, EventWriter.Write(message.Event));
    }
}
