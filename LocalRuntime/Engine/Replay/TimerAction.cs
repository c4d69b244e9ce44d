using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Fire a durable timer.</summary>
internal sealed record TimerAction(int Id, DateTime FireAt) : OrchestratorAction(Id)
{
    public override HistoryEvent ToEvent() => new TimerCreatedEvent(Id, FireAt);

    // Not the time: how long to wait may come from code that was changed since, and does no harm.
    public override bool Matches(HistoryEvent recorded) => recorded is TimerCreatedEvent;

    public override string ToString() => "create a timer";
}
