using DurableTask.Core;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Timers;

namespace DurableTask.Sqlite.Work;

/// <summary>What is kept in memory of an instance that has not ended. It is guarded by the lock of <see cref="OpenInstances"/>.</summary>
internal sealed class OpenInstance
{
    /// <summary>The key of its row.</summary>
    public required long Key { get; init; }

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its present execution.</summary>
    public required string ExecutionId { get; set; }

    /// <summary>How many turns its history has.</summary>
    public int Turns { get; set; }

    /// <summary>Running or suspended.</summary>
    public OrchestrationStatus Status { get; set; }

    /// <summary>The start that its first turn will consume, or null if that is done.</summary>
    public TaskMessage? Start { get; set; }

    /// <summary>Until when it waits for its start, if it does. Messages are held until then.</summary>
    public DueAction? StartTimer { get; set; }

    /// <summary>Messages that no turn has taken, in their order.</summary>
    public List<InboxMessage> Inbox { get; } = [];

    /// <summary>Activities of the present execution that have not run, by their task ids.</summary>
    public Dictionary<int, OpenActivity> Activities { get; } = [];

    /// <summary>Timers of the present execution that have not fired, by their task ids.</summary>
    public Dictionary<int, DueAction> Timers { get; } = [];

    /// <summary>Where it is between two turns.</summary>
    public InstancePhase Phase { get; set; }

    /// <summary>Its state, if it is kept in memory.</summary>
    public TurnWorkItem? Live { get; set; }

    /// <summary>Its place among the live instances that wait.</summary>
    public LinkedListNode<OpenInstance>? LiveNode { get; set; }

    /// <summary>How many turns were abandoned in a row.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether a turn would have something to do.</summary>
    public bool HasWork => Start is null ? Inbox.Count > 0 : StartTimer is null;
}
