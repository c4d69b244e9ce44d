namespace DurableTask.Core.History;

/// <summary>Something that happened to an orchestration instance.</summary>
/// <param name="eventId">The id, or -1 for an event that needs none.</param>
public abstract class HistoryEvent(int eventId)
{
    /// <summary>The id of what the orchestrator asked for, from 0; -1 for an event that came from outside.</summary>
    public int EventId { get; } = eventId;

    /// <summary>Whether a replay has passed it.</summary>
    public bool IsPlayed { get; set; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>What it tells.</summary>
    public virtual EventType EventType { get; }
}
