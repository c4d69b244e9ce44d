using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Raise an event to an instance.</summary>
internal sealed record SendEventAction(int Id, string InstanceId, string Name, string? Input) : OrchestratorAction(Id)
{
    public override HistoryEvent ToEvent() => new EventSentEvent(Id) { InstanceId = InstanceId, Name = Name, Input = Input };

    public override bool Matches(HistoryEvent recorded) =>
        recorded is EventSentEvent sent && sent.InstanceId == InstanceId && sent.Name == Name;

    public override string ToString() => $"send the event '{Name}' to '{InstanceId}'";
}
