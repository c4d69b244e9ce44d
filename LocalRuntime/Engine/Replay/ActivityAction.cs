using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>Run an activity.</summary>
internal sealed record ActivityAction(int Id, string Name, string? Version, string? Input, IDictionary<string, string> Tags) : OrchestratorAction(Id)
{
    public override HistoryEvent ToEvent() => new TaskScheduledEvent(Id) { Name = Name, Version = Version, Tags = Tags };

    public override bool Matches(HistoryEvent recorded) =>
        recorded is TaskScheduledEvent scheduled && string.Equals(scheduled.Name, Name, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => $"call the activity '{Name}'";
}
