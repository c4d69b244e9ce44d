using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Start a child instance.</summary>
internal sealed record SubOrchestrationAction(
    int Id, string Name, string? Version, string InstanceId, string? Input, IDictionary<string, string>? Tags) : OrchestratorAction(Id)
{
    public override HistoryEvent ToEvent() => new SubOrchestrationInstanceCreatedEvent(Id)
    {
        Name = Name, Version = Version ?? "", InstanceId = InstanceId, Tags = Tags,
    };

    public override bool Matches(HistoryEvent recorded) =>
        recorded is SubOrchestrationInstanceCreatedEvent created
        && string.Equals(created.Name, Name, StringComparison.OrdinalIgnoreCase)
        && created.InstanceId == InstanceId;

    public override string ToString() => $"start the sub-orchestrator '{Name}' as '{InstanceId}'";
}
