namespace DurableTask.Core.History;

/// <summary>An activity was scheduled.</summary>
public class TaskScheduledEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    public TaskScheduledEvent(int eventId)
        : base(eventId)
    {
    }

    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="name">The name.</param>
    /// <param name="version">The version, or null.</param>
    /// <param name="input">The input as JSON, or null.</param>
    public TaskScheduledEvent(int eventId, string? name, string? version = null, string? input = null)
        : base(eventId)
    {
        Name = name;
        Version = version;
        Input = input;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskScheduled;

    /// <summary>The activity's name.</summary>
    public string? Name { get; set; }

    /// <summary>The version asked for, or null.</summary>
    public string? Version { get; set; }

    /// <summary>The input as JSON, or null if there is none or it was not kept.</summary>
    public string? Input { get; set; }

    /// <summary>The trace that it belongs to, or null.</summary>
    public Tracing.DistributedTraceContext? ParentTraceContext { get; set; }

    /// <summary>The tags, or null.</summary>
    public IDictionary<string, string>? Tags { get; set; }
}
