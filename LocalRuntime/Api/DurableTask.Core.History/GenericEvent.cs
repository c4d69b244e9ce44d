namespace DurableTask.Core.History;

/// <summary>Something of no special meaning.</summary>
// A public field, because the published type has one.
#pragma warning disable CA1051
public class GenericEvent : HistoryEvent
{
    /// <summary>Makes an event.</summary>
    /// <param name="eventId">The id, or -1 for an event that came from outside.</param>
    /// <param name="data">The data.</param>
    public GenericEvent(int eventId, string? data)
        : base(eventId)
    {
        Data = data;
    }

    /// <inheritdoc/>
    public override EventType EventType => EventType.GenericEvent;

    /// <summary>The data, or null.</summary>
    public string? Data;
}
#pragma warning restore CA1051
