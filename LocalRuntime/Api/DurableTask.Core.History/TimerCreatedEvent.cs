namespace DurableTask.Core.History;

/// <summary>A durable timer was created.</summary>
public class TimerCreatedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public TimerCreatedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="fireAt">When it is due, in UTC.</param>
    public TimerCreatedEvent(int eventId, DateTime fireAt)
        : base(eventId)
    {
        FireAt = fireAt;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerCreated;

    /// <summary>When it is due, in UTC.</summary>
    public DateTime FireAt { get; set; }
}
