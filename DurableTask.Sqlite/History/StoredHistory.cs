using DurableTask.Core.History;

namespace DurableTask.Sqlite.History;

/// <summary>An instance's history as the file has it.</summary>
/// <param name="Texts">What the events have left out.</param>
/// <param name="Start">The instance's start, as JSON.</param>
/// <param name="Turns">The events of each turn, as JSON.</param>
/// <param name="CustomStatus">The custom status.</param>
internal sealed record StoredHistory(StoredTexts Texts, string Start, IReadOnlyList<string> Turns, string? CustomStatus)
{
    /// <summary>Reads the events.</summary>
    public List<HistoryEvent> ReadEvents() => [.. Turns.SelectMany(turn => EventReader.ReadAll(turn, Texts))];
}
