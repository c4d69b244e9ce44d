namespace DurableTask.Core.History;

/// <summary>An instance was terminated from outside.</summary>
public class ExecutionTerminatedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="input">The input as JSON, or null.</param>
    public ExecutionTerminatedEvent(int eventId, string? input)
        : base(eventId)
    {
        Input = input;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionTerminated;

    /// <summary>The output that it was given: why, or null.</summary>
    public string? Input { get; set; }
}
