namespace DurableTask.Core.History;

/// <summary>An activity completed.</summary>
public class TaskCompletedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="taskScheduledId">The id of the task it belongs to.</param>
    /// <param name="result">The result as JSON, or null.</param>
    public TaskCompletedEvent(int eventId, int taskScheduledId, string? result)
        : base(eventId)
    {
        TaskScheduledId = taskScheduledId;
        Result = result;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskCompleted;

    /// <summary>The id of the event that scheduled it.</summary>
    public int TaskScheduledId { get; }

    /// <summary>The result as JSON, or null.</summary>
    public string? Result { get; }
}
