using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Something that an orchestrator asks for, to be done once the turn is committed.</summary>
/// <param name="Id">Its id in the history, from 0, ascending.</param>
internal abstract record OrchestratorAction(int Id)
{
    /// <summary>When it was asked for, in UTC, once that is recorded.</summary>
    public DateTime StartedAt { get; set; }

    /// <summary>The event that records it.</summary>
    public abstract HistoryEvent ToEvent();

    /// <summary>Whether an event of the history records this very action.</summary>
    public abstract bool Matches(HistoryEvent recorded);

    /// <summary>What it is, for an error message.</summary>
    public abstract override string ToString();
}
