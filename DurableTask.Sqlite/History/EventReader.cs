using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;

namespace DurableTask.Sqlite.History;

/// <summary>Reads what <see cref="EventWriter"/> wrote.</summary>
internal static class EventReader
{
    /// <summary>Reads an array of events.</summary>
    /// <param name="json">The array.</param>
    /// <param name="texts">What the events have left out.</param>
    public static IEnumerable<HistoryEvent> ReadAll(string json, StoredTexts texts)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var item in document.RootElement.EnumerateArray())
        {
            yield return Read(item, texts);
        }
    }

    /// <summary>Reads one event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="texts">What it has left out.</param>
    public static HistoryEvent Read(string json, StoredTexts texts)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, texts);
    }

    /// <summary>Reads a failure.</summary>
    public static FailureDetails? ReadFailure(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return ReadFailure(document.RootElement);
    }

    /// <summary>Reads tags.</summary>
    public static Dictionary<string, string>? ReadTags(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return Tags(document.RootElement);
    }

    private static HistoryEvent Read(JsonElement json, StoredTexts texts)
    {
        var type = (EventType)json.GetProperty("type").GetInt32();
        var id = json.TryGetProperty("id", out var value) ? value.GetInt32() : -1;
        var item = type switch
        {
            EventType.OrchestratorStarted => new OrchestratorStartedEvent(id),
            EventType.OrchestratorCompleted => new OrchestratorCompletedEvent(id),
            EventType.ExecutionStarted => ReadStart(json, id, texts),
            EventType.ExecutionCompleted => ReadEnd(json, id, texts),
            EventType.TaskScheduled => new TaskScheduledEvent(
                id, Text(json, "name")!, Text(json, "version"), PayloadJson.Read(json, "input"))
            {
                ParentTraceContext = Trace(json),
                Tags = Tags(json),
            },
            EventType.TaskCompleted => new TaskCompletedEvent(id, Task(json), PayloadJson.Read(json, "result")),
            EventType.TaskFailed => new TaskFailedEvent(
                id, Task(json), Text(json, "reason"), Text(json, "details"), Failure(json, "failure")),
            EventType.SubOrchestrationInstanceCreated => new SubOrchestrationInstanceCreatedEvent(id)
            {
                Name = Text(json, "name"),
                Version = Text(json, "version"),
                InstanceId = Text(json, "instanceId"),
                Input = PayloadJson.Read(json, "input"),
                ClientSpanId = Text(json, "clientSpanId"),
                Tags = Tags(json),
            },
            EventType.SubOrchestrationInstanceCompleted =>
                new SubOrchestrationInstanceCompletedEvent(id, Task(json), PayloadJson.Read(json, "result")),
            EventType.SubOrchestrationInstanceFailed => new SubOrchestrationInstanceFailedEvent(
                id, Task(json), Text(json, "reason"), Text(json, "details"), Failure(json, "failure")),
            EventType.TimerCreated => new TimerCreatedEvent(id, json.GetProperty("fireAt").GetDateTime()),
            EventType.TimerFired => new TimerFiredEvent(id, json.GetProperty("fireAt").GetDateTime())
            {
                TimerId = json.GetProperty("timer").GetInt32(),
            },
            _ => ReadMessage(json, type, id),
        };
        item.Timestamp = new DateTime(json.GetProperty("at").GetInt64(), DateTimeKind.Utc);
        return item;
    }

    private static HistoryEvent ReadMessage(JsonElement json, EventType type, int id) => type switch
    {
        EventType.EventSent => new EventSentEvent(id)
        {
            InstanceId = Text(json, "instanceId"),
            Name = Text(json, "name"),
            Input = PayloadJson.Read(json, "input"),
        },
        EventType.EventRaised => new EventRaisedEvent(id, PayloadJson.Read(json, "input"))
        {
            Name = Text(json, "name"),
            ParentTraceContext = Trace(json),
        },
        EventType.ExecutionTerminated => new ExecutionTerminatedEvent(id, Text(json, "input")),
        EventType.ExecutionSuspended => new ExecutionSuspendedEvent(id, Text(json, "reason")),
        EventType.ExecutionResumed => new ExecutionResumedEvent(id, Text(json, "reason")),
        EventType.ExecutionRewound => new ExecutionRewoundEvent(id, Text(json, "reason"))
        {
            ParentExecutionId = Text(json, "parentExecutionId"),
            InstanceId = Text(json, "instanceId"),
            ParentTraceContext = Trace(json),
        },
        EventType.GenericEvent => new GenericEvent(id, Text(json, "data")),
        _ => throw new NotSupportedException($"The file has an event of the type '{type}', which this version can't read."),
    };

    private static ExecutionStartedEvent ReadStart(JsonElement json, int id, StoredTexts texts) => new(id, texts.Input)
    {
        OrchestrationInstance = new OrchestrationInstance { InstanceId = texts.InstanceId, ExecutionId = Text(json, "executionId") },
        Name = Text(json, "name"),
        Version = Text(json, "version"),
        Correlation = Text(json, "correlation"),
        ScheduledStartTime = json.TryGetProperty("scheduledStart", out var scheduled) ? scheduled.GetDateTime() : null,
        Generation = json.TryGetProperty("generation", out var generation) ? generation.GetInt32() : null,
        GenerateNewTrace = json.TryGetProperty("newTrace", out _),
        ParentInstance = json.TryGetProperty("parent", out var parent) ? ReadParent(parent) : null,
        ParentTraceContext = Trace(json),
        Tags = Tags(json),
    };

    private static ParentInstance ReadParent(JsonElement json) => new()
    {
        OrchestrationInstance = new OrchestrationInstance
        {
            InstanceId = Text(json, "instanceId"),
            ExecutionId = Text(json, "executionId"),
        },
        Name = Text(json, "name"),
        Version = Text(json, "version"),
        TaskScheduleId = Task(json),
    };

    private static ExecutionCompletedEvent ReadEnd(JsonElement json, int id, StoredTexts texts)
    {
        var status = (OrchestrationStatus)json.GetProperty("status").GetInt32();
        return json.TryGetProperty("end", out _)
            ? new ExecutionCompletedEvent(id, texts.Output, status, ReadFailure(texts.Failure))
            : new ExecutionCompletedEvent(id, PayloadJson.Read(json, "result"), status, Failure(json, "failure"));
    }

    private static FailureDetails? Failure(JsonElement json, string name) =>
        json.TryGetProperty(name, out var failure) ? ReadFailure(failure) : null;

    private static FailureDetails ReadFailure(JsonElement json) => new(
        Text(json, "type")!,
        Text(json, "message")!,
        Text(json, "stackTrace"),
        Failure(json, "inner"),
        json.TryGetProperty("nonRetriable", out _),
        json.TryGetProperty("properties", out var properties)
            ? Newtonsoft.Json.JsonConvert.DeserializeObject<Dictionary<string, object?>>(properties.GetRawText())
            : null);

    private static DistributedTraceContext? Trace(JsonElement json) => json.TryGetProperty("trace", out var trace)
        ? new DistributedTraceContext(Text(trace, "parent")!, Text(trace, "state"))
        {
            Id = Text(trace, "id"),
            SpanId = Text(trace, "spanId"),
            ActivityStartTime = trace.TryGetProperty("startTime", out var startTime) ? startTime.GetDateTimeOffset() : null,
        }
        : null;

    private static Dictionary<string, string>? Tags(JsonElement json)
    {
        if (!json.TryGetProperty("tags", out var tags))
        {
            return null;
        }

        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach (var tag in tags.EnumerateObject())
        {
            read[tag.Name] = tag.Value.GetString()!;
        }

        return read;
    }

    private static int Task(JsonElement json) => json.GetProperty("task").GetInt32();

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
}
