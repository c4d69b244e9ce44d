namespace DurableTask.Core.History;

/// <summary>An activity failed.</summary>
public class TaskFailedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="taskScheduledId">The id of the task it belongs to.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="details">More about it, or null.</param>
    public TaskFailedEvent(int eventId, int taskScheduledId, string? reason, string? details)
        : this(eventId, taskScheduledId, reason, details, null)
    {
    }

    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="taskScheduledId">The id of the task it belongs to.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="details">More about it, or null.</param>
    /// <param name="failureDetails">The failure, or null.</param>
    public TaskFailedEvent(int eventId, int taskScheduledId, string? reason, string? details, FailureDetails? failureDetails)
        : base(eventId)
    {
        TaskScheduledId = taskScheduledId;
        Reason = reason;
        Details = details;
        FailureDetails = failureDetails;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskFailed;

    /// <summary>The id of the event that started it.</summary>
    public int TaskScheduledId { get; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; }

    /// <summary>More about it, or null.</summary>
    public string? Details { get; }

    /// <summary>The failure, or null.</summary>
    public FailureDetails? FailureDetails { get; }
}
