namespace DurableTask.Core.History;

/// <summary>An external event arrived.</summary>
public class EventRaisedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="input">The input as JSON, or null.</param>
    public EventRaisedEvent(int eventId, string? input)
        : base(eventId)
    {
        Input = input;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventRaised;

    /// <summary>The event's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>Its payload as JSON, or null.</summary>
    public string? Input { get; set; }

    /// <summary>The trace that it belongs to, or null.</summary>
    public Tracing.DistributedTraceContext? ParentTraceContext { get; set; }
}
