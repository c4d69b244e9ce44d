namespace DurableTask.Core.History;

/// <summary>A failed instance was rewound.</summary>
public class ExecutionRewoundEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public ExecutionRewoundEvent(int eventId)
        : base(eventId)
    {
    }

    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="reason">Why, or null.</param>
    public ExecutionRewoundEvent(int eventId, string? reason)
        : base(eventId)
    {
        Reason = reason;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionRewound;

    /// <summary>Why, or null.</summary>
    public string? Reason { get; set; }

    /// <summary>The instance's id, or null.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The parent's execution, or null.</summary>
    public string? ParentExecutionId { get; set; }

    /// <summary>The trace that it belongs to, or null.</summary>
    public Tracing.DistributedTraceContext? ParentTraceContext { get; set; }
}
