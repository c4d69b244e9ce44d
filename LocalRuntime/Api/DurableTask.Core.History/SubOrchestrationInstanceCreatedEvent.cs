namespace DurableTask.Core.History;

/// <summary>A sub-orchestration was started.</summary>
public class SubOrchestrationInstanceCreatedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public SubOrchestrationInstanceCreatedEvent(int eventId)
        : base(eventId)
    {
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCreated;

    /// <summary>The orchestrator's name.</summary>
    public string? Name { get; set; }

    /// <summary>The version, or empty.</summary>
    public string? Version { get; set; }

    /// <summary>The id of the new instance.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The input as JSON, or null if there is none or it was not kept.</summary>
    public string? Input { get; set; }

    /// <summary>Not used; null.</summary>
    public string? ClientSpanId { get; set; }

    /// <summary>The tags, or null.</summary>
    public IDictionary<string, string>? Tags { get; set; }
}
