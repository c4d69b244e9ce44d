using System.Runtime.CompilerServices;
using DurableTask.Core.History;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace LocalFunctionsHost.Client;

/// <summary>
/// Reads a history as <see cref="DurableTask.Core.IOrchestrationServiceClient.GetOrchestrationHistoryAsync"/> gives it: JSON without type
/// names.
/// </summary>
internal static class HistoryJson
{
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        DateParseHandling = DateParseHandling.None,
    });

    /// <exception cref="InvalidDataException">An event is of a type that DTFx doesn't have.</exception>
    public static List<HistoryEvent> Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        // Texts that are like dates are payloads and have to stay as they are.
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None };
        return [.. JArray.Load(reader).Select(Read)];
    }

    private static HistoryEvent Read(JToken token)
    {
        var type = token[nameof(HistoryEvent.EventType)]!.ToObject<EventType>();
        // Some events have no constructor that a serializer could choose; each has a setter for every field that is stored.
        var historyEvent = (HistoryEvent)RuntimeHelpers.GetUninitializedObject(TypeOf(type));
        Serializer.Populate(token.CreateReader(), historyEvent);
        return historyEvent;
    }

    private static Type TypeOf(EventType type) => type switch
    {
        EventType.ExecutionStarted => typeof(ExecutionStartedEvent),
        EventType.ExecutionCompleted => typeof(ExecutionCompletedEvent),
        EventType.ExecutionTerminated => typeof(ExecutionTerminatedEvent),
        EventType.ExecutionSuspended => typeof(ExecutionSuspendedEvent),
        EventType.ExecutionResumed => typeof(ExecutionResumedEvent),
        EventType.ExecutionRewound => typeof(ExecutionRewoundEvent),
        EventType.TaskScheduled => typeof(TaskScheduledEvent),
        EventType.TaskCompleted => typeof(TaskCompletedEvent),
        EventType.TaskFailed => typeof(TaskFailedEvent),
        EventType.SubOrchestrationInstanceCreated => typeof(SubOrchestrationInstanceCreatedEvent),
        EventType.SubOrchestrationInstanceCompleted => typeof(SubOrchestrationInstanceCompletedEvent),
        EventType.SubOrchestrationInstanceFailed => typeof(SubOrchestrationInstanceFailedEvent),
        EventType.TimerCreated => typeof(TimerCreatedEvent),
        EventType.TimerFired => typeof(TimerFiredEvent),
        EventType.OrchestratorStarted => typeof(OrchestratorStartedEvent),
        EventType.OrchestratorCompleted => typeof(OrchestratorCompletedEvent),
        EventType.EventSent => typeof(EventSentEvent),
        EventType.EventRaised => typeof(EventRaisedEvent),
        EventType.ContinueAsNew => typeof(ContinueAsNewEvent),
        EventType.GenericEvent => typeof(GenericEvent),
        EventType.HistoryState => typeof(HistoryStateEvent),
        _ => throw new InvalidDataException($"The history has an event of the unknown type {type}."),
    };
}
