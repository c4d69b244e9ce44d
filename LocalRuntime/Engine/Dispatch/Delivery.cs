using DurableTask.Core.History;
using LocalRuntime.Engine.History;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>Something that has arrived for an instance and is to be consumed by one of its turns.</summary>
/// <param name="Event">The history event; null to only have a look.</param>
internal sealed record Delivery(HistoryEvent? Event)
{
    /// <summary>Have a look at what the store has.</summary>
    public static Delivery Look { get; } = new((HistoryEvent?)null);

    /// <summary>The id of the stored message, or null if it is only in memory.</summary>
    public long? MessageId { get; init; }

    /// <summary>For the start of an instance that has just been created: its row, so that it need not be read. Else null.</summary>
    public InstanceRow? Created { get; init; }

    /// <summary>The id of the activity whose outcome it is, or null.</summary>
    public long? ActivityId { get; init; }

    /// <summary>For the outcome of an activity: what it has written and may be lost with its group; the outcome is worth nothing then.</summary>
    public IReadOnlyList<Task> Assumes { get; init; } = [];

    /// <summary>Runs the activity again whose outcome it is; null if it is none.</summary>
    public Action? RunAgain { get; init; }

    /// <summary>Whether something that it assumes is lost.</summary>
    public bool IsVoid => Assumes.Any(write => write.IsFaulted);

    /// <summary>The execution that it is for; null for any.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>The key of the instance that it is for; null for any that has the id.</summary>
    public long? InstanceKey { get; init; }

    /// <summary>Whether it is a termination that goes on to the children.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>The events that go with the start of an execution that continues as new: it gets them before any others.</summary>
    public IReadOnlyList<EventRaisedEvent> CarriedOver { get; init; } = [];

    public static Delivery Of(InstanceMessage message)
    {
        var (historyEvent, executionId, isRecursive, carriedOver) = MessageJson.Read(message.Event);
        return new Delivery(historyEvent)
        {
            MessageId = message.Id, ExecutionId = executionId, IsRecursive = isRecursive, CarriedOver = carriedOver,
        };
    }
}
