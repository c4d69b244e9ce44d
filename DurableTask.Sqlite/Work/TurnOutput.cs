using DurableTask.Core;

namespace DurableTask.Sqlite.Work;

/// <summary>What a turn sends.</summary>
/// <param name="Activities">Activities.</param>
/// <param name="Messages">Starts of children, and messages to instances.</param>
/// <param name="Timers">Timers.</param>
internal sealed record TurnOutput(IList<TaskMessage> Activities, IList<TaskMessage> Messages, IList<TaskMessage> Timers);
