namespace DurableTask.Core.History;

/// <summary>A sub-orchestration completed.</summary>
public class SubOrchestrationInstanceCompletedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="taskScheduledId">The id of the task it belongs to.</param>
    /// <param name="result">The result as JSON, or null.</param>
    public SubOrchestrationInstanceCompletedEvent(int eventId, int taskScheduledId, string? result)
        : base(eventId)
    {
        TaskScheduledId = taskScheduledId;
        Result = result;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCompleted;

    /// <summary>The id of the event that started it.</summary>
    public int TaskScheduledId { get; }

    /// <summary>The output as JSON, or null.</summary>
    public string? Result { get; }
}
