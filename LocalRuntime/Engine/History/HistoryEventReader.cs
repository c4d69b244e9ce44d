using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Tracing;

namespace LocalRuntime.Engine.History;

/// <summary>Reads what <see cref="HistoryEventWriter"/> wrote.</summary>
internal static class HistoryEventReader
{
    /// <exception cref="JsonException">The event is of an unknown type: the store was written by another version.</exception>
    public static HistoryEvent Read(JsonElement element)
    {
        var type = element.GetProperty("EventType").GetString();
        var id = element.TryGetProperty("EventId", out var eventId) ? eventId.GetInt32() : -1;
        HistoryEvent historyEvent = type switch
        {
            nameof(EventType.OrchestratorStarted) => new OrchestratorStartedEvent(id),
            nameof(EventType.OrchestratorCompleted) => new OrchestratorCompletedEvent(id),
            nameof(EventType.ExecutionStarted) => ReadStarted(id, element),
            nameof(EventType.ExecutionCompleted) => new ExecutionCompletedEvent(
                id, Text(element, "Result"), Enum.Parse<OrchestrationStatus>(Text(element, "OrchestrationStatus")!), Failure(element)),
            nameof(EventType.TaskScheduled) => new TaskScheduledEvent(id)
            {
                Name = Text(element, "Name"), Version = Text(element, "Version"), Tags = Tags(element) ?? new Dictionary<string, string>(),
            },
            nameof(EventType.TaskCompleted) => new TaskCompletedEvent(id, TaskId(element), Text(element, "Result")),
            nameof(EventType.TaskFailed) => new TaskFailedEvent(id, TaskId(element), Text(element, "Reason"), null, Failure(element)),
            nameof(EventType.SubOrchestrationInstanceCreated) => new SubOrchestrationInstanceCreatedEvent(id)
            {
                Name = Text(element, "Name"), Version = Text(element, "Version") ?? "", InstanceId = Text(element, "InstanceId"), Tags = Tags(element),
            },
            nameof(EventType.SubOrchestrationInstanceCompleted) =>
                new SubOrchestrationInstanceCompletedEvent(id, TaskId(element), Text(element, "Result")),
            nameof(EventType.SubOrchestrationInstanceFailed) =>
                new SubOrchestrationInstanceFailedEvent(id, TaskId(element), Text(element, "Reason"), null, Failure(element)),
            nameof(EventType.TimerCreated) => new TimerCreatedEvent(id, Time(element, "FireAt")),
            nameof(EventType.TimerFired) =>
                new TimerFiredEvent(id, Time(element, "FireAt")) { TimerId = element.GetProperty("TimerId").GetInt32() },
            nameof(EventType.EventSent) => new EventSentEvent(id)
            {
                InstanceId = Text(element, "InstanceId"), Name = Text(element, "Name"), Input = Text(element, "Input"),
            },
            nameof(EventType.EventRaised) => new EventRaisedEvent(id, Text(element, "Input")) { Name = Text(element, "Name")! },
            nameof(EventType.ExecutionTerminated) => new ExecutionTerminatedEvent(id, Text(element, "Input")),
            nameof(EventType.ExecutionSuspended) => new ExecutionSuspendedEvent(id, Text(element, "Reason")),
            nameof(EventType.ExecutionResumed) => new ExecutionResumedEvent(id, Text(element, "Reason")),
            nameof(EventType.ExecutionRewound) => new ExecutionRewoundEvent(id, Text(element, "Reason")),
            _ => throw new JsonException($"The store has a history event of the unknown type '{type}'. It was written by another version."),
        };
        historyEvent.Timestamp = Time(element, "Timestamp");
        return historyEvent;
    }

    private static ExecutionStartedEvent ReadStarted(int id, JsonElement element) => new(id, null)
    {
        Name = Text(element, "Name")!,
        Version = Text(element, "Version"),
        OrchestrationInstance = new OrchestrationInstance
        {
            InstanceId = Text(element, "InstanceId")!, ExecutionId = Text(element, "ExecutionId"),
        },
        Tags = Tags(element) ?? new Dictionary<string, string>(),
        Generation = element.TryGetProperty("Generation", out var generation) ? generation.GetInt32() : null,
        ScheduledStartTime = element.TryGetProperty("ScheduledStartTime", out var startAt) ? startAt.GetDateTime() : null,
        ParentTraceContext = element.TryGetProperty("ParentTraceContext", out var trace)
            ? new DistributedTraceContext(Text(trace, "TraceParent")!, Text(trace, "TraceState"))
            : null,
        ParentInstance = !element.TryGetProperty("ParentInstance", out var parent) ? null : new ParentInstance
        {
            Name = Text(parent, "Name"),
            TaskScheduleId = parent.GetProperty("TaskScheduleId").GetInt32(),
            OrchestrationInstance = new OrchestrationInstance
            {
                InstanceId = Text(parent, "InstanceId")!, ExecutionId = Text(parent, "ExecutionId"),
            },
        },
    };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int TaskId(JsonElement element) => element.GetProperty("TaskScheduledId").GetInt32();

    private static DateTime Time(JsonElement element, string name) => element.GetProperty(name).GetDateTime();

    private static FailureDetails? Failure(JsonElement element) =>
        element.TryGetProperty("FailureDetails", out var failure) ? FailureJson.Read(failure) : null;

    private static Dictionary<string, string>? Tags(JsonElement element) =>
        element.TryGetProperty("Tags", out var tags)
            ? tags.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString() ?? "")
            : null;
}
