namespace DurableTask.Core.History;

/// <summary>An instance was suspended from outside.</summary>
public class ExecutionSuspendedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="reason">Why, or null.</param>
    public ExecutionSuspendedEvent(int eventId, string? reason)
        : base(eventId)
    {
        Reason = reason;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionSuspended;

    /// <summary>Why, or null.</summary>
    public string? Reason { get; set; }
}
