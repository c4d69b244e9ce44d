using LocalRuntime.Engine.Replay;
using LocalRuntime.Storage;

namespace LocalRuntime.Engine.Dispatch;

/// <summary>An instance that is in memory: because something has arrived for it, or to go on without replay.</summary>
internal sealed class LiveInstance(string id)
{
    public string Id { get; } = id;

    /// <summary>What has arrived and was not consumed. Guarded by the dispatcher's lock, as is <see cref="IsBusy"/>.</summary>
    public List<Delivery> Arrived { get; } = [];

    /// <summary>Whether a turn is queued, running or being committed.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Its place among the idle ones, or null if it isn't idle.</summary>
    public LinkedListNode<LiveInstance>? IdleNode { get; set; }

    /// <summary>The row as of its last committed turn; null until it is loaded.</summary>
    public InstanceRow? Row { get; set; }

    public int LastTurn { get; set; }

    /// <summary>The code; null until it is loaded.</summary>
    public OrchestrationExecution? Execution { get; set; }

    /// <summary>Messages up to this id were in the store when it was loaded: those it has, or has consumed.</summary>
    public long SeenMessageId { get; set; }

    /// <summary>Wakes it after a failed commit; kept so that it is not collected before.</summary>
    public ITimer? RetryTimer { get; set; }

    /// <summary>How often a turn could not be committed in a row.</summary>
    public int FailedCommits { get; set; }
}
