namespace DurableTask.Core.History;

/// <summary>An event was sent to an instance.</summary>
public class EventSentEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public EventSentEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventSent;

    /// <summary>To whom.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The event's name.</summary>
    public string? Name { get; set; }

    /// <summary>Its payload as JSON, or null.</summary>
    public string? Input { get; set; }
}
