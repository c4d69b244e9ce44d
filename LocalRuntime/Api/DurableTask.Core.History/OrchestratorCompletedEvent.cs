namespace DurableTask.Core.History;

/// <summary>A turn ended.</summary>
public class OrchestratorCompletedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public OrchestratorCompletedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorCompleted;
}
