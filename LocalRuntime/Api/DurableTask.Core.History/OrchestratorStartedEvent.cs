namespace DurableTask.Core.History;

/// <summary>A turn began; its time is what the orchestrator sees as the current one.</summary>
public class OrchestratorStartedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public OrchestratorStartedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorStarted;
}
