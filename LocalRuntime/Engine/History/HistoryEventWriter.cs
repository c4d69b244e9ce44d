using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.History;

/// <summary>
/// Writes an event under the Durable Task Framework's names. What is null, empty or -1 is left out; so is the input of
/// a task or a child, which no replay needs, and what the instance's row has: its input and its output.
/// </summary>
internal static class HistoryEventWriter
{
    public static void Write(Utf8JsonWriter writer, HistoryEvent historyEvent)
    {
        writer.WriteStartObject();
        writer.WriteString("EventType", historyEvent.EventType.ToString());
        if (historyEvent.EventId >= 0)
        {
            writer.WriteNumber("EventId", historyEvent.EventId);
        }

        writer.WriteString("Timestamp", historyEvent.Timestamp);
        switch (historyEvent)
        {
            case ExecutionStartedEvent started:
                WriteStarted(writer, started);
                break;
            case ExecutionCompletedEvent completed:
                writer.WriteString("OrchestrationStatus", completed.OrchestrationStatus.ToString());
                Text(writer, "Result", completed.OrchestrationStatus == OrchestrationStatus.Completed ? null : completed.Result);
                Failure(writer, completed.FailureDetails);
                break;
            case TaskScheduledEvent scheduled:
                writer.WriteString("Name", scheduled.Name);
                Text(writer, "Version", scheduled.Version);
                Tags(writer, scheduled.Tags);
                break;
            case TaskCompletedEvent completed:
                writer.WriteNumber("TaskScheduledId", completed.TaskScheduledId);
                Text(writer, "Result", completed.Result);
                break;
            case TaskFailedEvent failed:
                writer.WriteNumber("TaskScheduledId", failed.TaskScheduledId);
                Text(writer, "Reason", failed.Reason);
                Failure(writer, failed.FailureDetails);
                break;
            case SubOrchestrationInstanceCreatedEvent created:
                writer.WriteString("Name", created.Name);
                Text(writer, "Version", created.Version);
                writer.WriteString("InstanceId", created.InstanceId);
                Tags(writer, created.Tags);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                writer.WriteNumber("TaskScheduledId", completed.TaskScheduledId);
                Text(writer, "Result", completed.Result);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                writer.WriteNumber("TaskScheduledId", failed.TaskScheduledId);
                Text(writer, "Reason", failed.Reason);
                Failure(writer, failed.FailureDetails);
                break;
            case TimerCreatedEvent created:
                writer.WriteString("FireAt", created.FireAt);
                break;
            case TimerFiredEvent fired:
                writer.WriteNumber("TimerId", fired.TimerId);
                writer.WriteString("FireAt", fired.FireAt);
                break;
            case EventSentEvent sent:
                writer.WriteString("InstanceId", sent.InstanceId);
                writer.WriteString("Name", sent.Name);
                Text(writer, "Input", sent.Input);
                break;
            case EventRaisedEvent raised:
                writer.WriteString("Name", raised.Name);
                Text(writer, "Input", raised.Input);
                break;
            case ExecutionTerminatedEvent terminated:
                Text(writer, "Input", terminated.Input);
                break;
            case ExecutionSuspendedEvent suspended:
                Text(writer, "Reason", suspended.Reason);
                break;
            case ExecutionResumedEvent resumed:
                Text(writer, "Reason", resumed.Reason);
                break;
            case ExecutionRewoundEvent rewound:
                Text(writer, "Reason", rewound.Reason);
                break;
            case OrchestratorStartedEvent or OrchestratorCompletedEvent:
                break;
            default:
                throw new ArgumentException($"An event of the type {historyEvent.EventType} is never written.", nameof(historyEvent));
        }

        writer.WriteEndObject();
    }

    private static void WriteStarted(Utf8JsonWriter writer, ExecutionStartedEvent started)
    {
        writer.WriteString("Name", started.Name);
        Text(writer, "Version", started.Version);
        writer.WriteString("InstanceId", started.OrchestrationInstance.InstanceId);
        writer.WriteString("ExecutionId", started.OrchestrationInstance.ExecutionId);
        Tags(writer, started.Tags);
        if (started.Generation is { } generation)
        {
            writer.WriteNumber("Generation", generation);
        }

        if (started.ScheduledStartTime is { } startAt)
        {
            writer.WriteString("ScheduledStartTime", startAt);
        }

        if (started.ParentTraceContext is { } trace)
        {
            writer.WriteStartObject("ParentTraceContext");
            writer.WriteString("TraceParent", trace.TraceParent);
            Text(writer, "TraceState", trace.TraceState);
            writer.WriteEndObject();
        }

        if (started.ParentInstance is { } parent)
        {
            writer.WriteStartObject("ParentInstance");
            writer.WriteString("Name", parent.Name);
            writer.WriteString("InstanceId", parent.OrchestrationInstance.InstanceId);
            writer.WriteString("ExecutionId", parent.OrchestrationInstance.ExecutionId);
            writer.WriteNumber("TaskScheduleId", parent.TaskScheduleId);
            writer.WriteEndObject();
        }
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Failure(Utf8JsonWriter writer, FailureDetails? failure)
    {
        if (failure is not null)
        {
            writer.WritePropertyName("FailureDetails");
            FailureJson.Write(writer, failure);
        }
    }

    private static void Tags(Utf8JsonWriter writer, IDictionary<string, string>? tags)
    {
        if (tags is { Count: > 0 })
        {
            writer.WriteStartObject("Tags");
            foreach (var (name, value) in tags)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }
    }
}
