namespace DurableTask.Core.History;

/// <summary>An execution began.</summary>
// A public field, because the published type has one.
#pragma warning disable CA1051
public class ExecutionStartedEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="input">The input as JSON, or null.</param>
    public ExecutionStartedEvent(int eventId, string? input)
        : base(eventId)
    {
        Input = input;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionStarted;

    /// <summary>The execution.</summary>
    public OrchestrationInstance OrchestrationInstance = null!;

    /// <summary>The instance that started it, or null.</summary>
    public ParentInstance? ParentInstance { get; set; }

    /// <summary>The orchestrator's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The orchestrator's version, or null.</summary>
    public string? Version { get; set; }

    /// <summary>The input as JSON, or null.</summary>
    public string? Input { get; set; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; set; } = null!;

    /// <summary>Not used; null.</summary>
    public string? Correlation { get; set; }

    /// <summary>The trace that it belongs to, or null.</summary>
    public Tracing.DistributedTraceContext? ParentTraceContext { get; set; }

    /// <summary>When it was to start, in UTC; null for at once.</summary>
    public DateTime? ScheduledStartTime { get; set; }

    /// <summary>0 for the first execution; null for one that continued as new.</summary>
    public int? Generation { get; set; }

    /// <summary>Whether it has a trace of its own.</summary>
    public bool GenerateNewTrace { get; set; }
}
#pragma warning restore CA1051
