namespace DurableTask.Core.History;

/// <summary>A durable timer fired.</summary>
public class TimerFiredEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public TimerFiredEvent(int eventId)
        : base(eventId)
    {
    }

    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="fireAt">When it is due, in UTC.</param>
    public TimerFiredEvent(int eventId, DateTime fireAt)
        : base(eventId)
    {
        FireAt = fireAt;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerFired;

    /// <summary>The id of the event that created it.</summary>
    public int TimerId { get; set; }

    /// <summary>When it was due, in UTC.</summary>
    public DateTime FireAt { get; set; }
}
