using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;

namespace DurableTask.Sqlite.History;

/// <summary>
/// Writes history events as compact JSON: the type's and the time's number, then what isn't null or empty. What the instance's row has
/// anyway is left out (<see cref="StoredTexts"/>).
/// </summary>
internal static class EventWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes an array of events, in UTF-8.</summary>
    /// <param name="events">The events.</param>
    /// <param name="end">The one whose result and failure are in the instance's row, or null.</param>
    public static byte[] Write(IEnumerable<HistoryEvent> events, ExecutionCompletedEvent? end = null)
    {
        using PooledBuffer buffer = new();
        Fill(buffer, writer =>
        {
            writer.WriteStartArray();
            foreach (var item in events)
            {
                Write(writer, item, end);
            }

            writer.WriteEndArray();
        });
        return buffer.Written.ToArray();
    }

    /// <summary>Writes one event. A start is written without its input.</summary>
    public static string Write(HistoryEvent item) => ToText(writer => Write(writer, item, end: null));

    /// <summary>Writes a failure.</summary>
    public static string Write(FailureDetails failure) => ToText(writer => WriteFailure(writer, failure));

    /// <summary>Writes tags.</summary>
    public static string Write(IDictionary<string, string> tags) => ToText(writer =>
    {
        writer.WriteStartObject();
        WriteTags(writer, tags);
        writer.WriteEndObject();
    });

    private static string ToText(Action<Utf8JsonWriter> write)
    {
        using PooledBuffer buffer = new();
        Fill(buffer, write);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    private static void Fill(PooledBuffer buffer, Action<Utf8JsonWriter> write)
    {
        using Utf8JsonWriter writer = new(buffer, Options);
        write(writer);
    }

    private static void Write(Utf8JsonWriter writer, HistoryEvent item, ExecutionCompletedEvent? end)
    {
        writer.WriteStartObject();
        writer.WriteNumber("type", (int)item.EventType);
        if (item.EventId != -1)
        {
            writer.WriteNumber("id", item.EventId);
        }

        writer.WriteNumber("at", item.Timestamp.Ticks);
        WriteFields(writer, item, end);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, HistoryEvent item, ExecutionCompletedEvent? end)
    {
        switch (item)
        {
            case OrchestratorStartedEvent or OrchestratorCompletedEvent:
                break;
            case ExecutionStartedEvent started:
                WriteStart(writer, started);
                break;
            case ExecutionCompletedEvent completed:
                WriteEnd(writer, completed, completed == end);
                break;
            case TaskScheduledEvent scheduled:
                WriteText(writer, "name", scheduled.Name);
                WriteText(writer, "version", scheduled.Version);
                PayloadJson.Write(writer, "input", scheduled.Input);
                WriteTrace(writer, scheduled.ParentTraceContext);
                WriteTags(writer, scheduled.Tags);
                break;
            case TaskCompletedEvent completed:
                writer.WriteNumber("task", completed.TaskScheduledId);
                PayloadJson.Write(writer, "result", completed.Result);
                break;
            case TaskFailedEvent failed:
                WriteFailed(writer, failed.TaskScheduledId, failed.Reason, failed.Details, failed.FailureDetails);
                break;
            case SubOrchestrationInstanceCreatedEvent created:
                WriteText(writer, "name", created.Name);
                WriteText(writer, "version", created.Version);
                WriteText(writer, "instanceId", created.InstanceId);
                PayloadJson.Write(writer, "input", created.Input);
                WriteText(writer, "clientSpanId", created.ClientSpanId);
                WriteTags(writer, created.Tags);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                writer.WriteNumber("task", completed.TaskScheduledId);
                PayloadJson.Write(writer, "result", completed.Result);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                WriteFailed(writer, failed.TaskScheduledId, failed.Reason, failed.Details, failed.FailureDetails);
                break;
            case TimerCreatedEvent created:
                writer.WriteString("fireAt", created.FireAt);
                break;
            case TimerFiredEvent fired:
                writer.WriteNumber("timer", fired.TimerId);
                writer.WriteString("fireAt", fired.FireAt);
                break;
            default:
                WriteMessage(writer, item);
                break;
        }
    }

    private static void WriteMessage(Utf8JsonWriter writer, HistoryEvent item)
    {
        switch (item)
        {
            case EventSentEvent sent:
                WriteText(writer, "instanceId", sent.InstanceId);
                WriteText(writer, "name", sent.Name);
                PayloadJson.Write(writer, "input", sent.Input);
                break;
            case EventRaisedEvent raised:
                WriteText(writer, "name", raised.Name);
                PayloadJson.Write(writer, "input", raised.Input);
                WriteTrace(writer, raised.ParentTraceContext);
                break;
            case ExecutionTerminatedEvent terminated:
                WriteText(writer, "input", terminated.Input);
                break;
            case ExecutionSuspendedEvent suspended:
                WriteText(writer, "reason", suspended.Reason);
                break;
            case ExecutionResumedEvent resumed:
                WriteText(writer, "reason", resumed.Reason);
                break;
            case ExecutionRewoundEvent rewound:
                WriteText(writer, "reason", rewound.Reason);
                WriteText(writer, "parentExecutionId", rewound.ParentExecutionId);
                WriteText(writer, "instanceId", rewound.InstanceId);
                WriteTrace(writer, rewound.ParentTraceContext);
                break;
            case GenericEvent generic:
                WriteText(writer, "data", generic.Data);
                break;
            default:
                throw new NotSupportedException($"Events of the type '{item.EventType}' can't be stored.");
        }
    }

    private static void WriteStart(Utf8JsonWriter writer, ExecutionStartedEvent started)
    {
        WriteText(writer, "executionId", started.OrchestrationInstance?.ExecutionId);
        WriteText(writer, "name", started.Name);
        WriteText(writer, "version", started.Version);
        WriteText(writer, "correlation", started.Correlation);
        if (started.ScheduledStartTime is { } scheduled)
        {
            writer.WriteString("scheduledStart", scheduled);
        }

        if (started.Generation is { } generation)
        {
            writer.WriteNumber("generation", generation);
        }

        if (started.GenerateNewTrace)
        {
            writer.WriteBoolean("newTrace", true);
        }

        if (started.ParentInstance is { } parent)
        {
            writer.WriteStartObject("parent");
            WriteText(writer, "instanceId", parent.OrchestrationInstance?.InstanceId);
            WriteText(writer, "executionId", parent.OrchestrationInstance?.ExecutionId);
            WriteText(writer, "name", parent.Name);
            WriteText(writer, "version", parent.Version);
            writer.WriteNumber("task", parent.TaskScheduleId);
            writer.WriteEndObject();
        }

        WriteTrace(writer, started.ParentTraceContext);
        WriteTags(writer, started.Tags);
    }

    private static void WriteEnd(Utf8JsonWriter writer, ExecutionCompletedEvent completed, bool isEnd)
    {
        writer.WriteNumber("status", (int)completed.OrchestrationStatus);
        if (isEnd)
        {
            writer.WriteBoolean("end", true);
            return;
        }

        PayloadJson.Write(writer, "result", completed.Result);
        WriteFailure(writer, "failure", completed.FailureDetails);
    }

    private static void WriteFailed(Utf8JsonWriter writer, int task, string? reason, string? details, FailureDetails? failure)
    {
        writer.WriteNumber("task", task);
        WriteText(writer, "reason", reason);
        WriteText(writer, "details", details);
        WriteFailure(writer, "failure", failure);
    }

    private static void WriteFailure(Utf8JsonWriter writer, string name, FailureDetails? failure)
    {
        if (failure is not null)
        {
            writer.WritePropertyName(name);
            WriteFailure(writer, failure);
        }
    }

    private static void WriteFailure(Utf8JsonWriter writer, FailureDetails failure)
    {
        writer.WriteStartObject();
        WriteText(writer, "type", failure.ErrorType);
        WriteText(writer, "message", failure.ErrorMessage);
        WriteText(writer, "stackTrace", failure.StackTrace);
        if (failure.IsNonRetriable)
        {
            writer.WriteBoolean("nonRetriable", true);
        }

        WriteFailure(writer, "inner", failure.InnerFailure);
        if (failure.Properties is { } properties)
        {
            // Their values are the app's: objects of any type.
            writer.WritePropertyName("properties");
            writer.WriteRawValue(Newtonsoft.Json.JsonConvert.SerializeObject(properties));
        }

        writer.WriteEndObject();
    }

    private static void WriteTrace(Utf8JsonWriter writer, DistributedTraceContext? trace)
    {
        if (string.IsNullOrEmpty(trace?.TraceParent))
        {
            return;
        }

        writer.WriteStartObject("trace");
        WriteText(writer, "parent", trace.TraceParent);
        WriteText(writer, "state", trace.TraceState);
        WriteText(writer, "id", trace.Id);
        WriteText(writer, "spanId", trace.SpanId);
        if (trace.ActivityStartTime is { } startTime)
        {
            writer.WriteString("startTime", startTime);
        }

        writer.WriteEndObject();
    }

    private static void WriteTags(Utf8JsonWriter writer, IDictionary<string, string>? tags)
    {
        if (tags is null or { Count: 0 })
        {
            return;
        }

        writer.WriteStartObject("tags");
        foreach (var (key, value) in tags)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
