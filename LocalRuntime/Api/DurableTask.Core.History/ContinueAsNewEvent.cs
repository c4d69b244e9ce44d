namespace DurableTask.Core.History;

/// <summary>An instance continues as new.</summary>
public class ContinueAsNewEvent : ExecutionCompletedEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="input">The input as JSON, or null.</param>
    public ContinueAsNewEvent(int eventId, string? input)
        : base(eventId, input, OrchestrationStatus.ContinuedAsNew)
    {
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ContinueAsNew;
}
