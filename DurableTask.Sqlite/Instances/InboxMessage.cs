using DurableTask.Core;

namespace DurableTask.Sqlite.Instances;

/// <summary>A message that an open instance is to be given.</summary>
/// <param name="Row">Its row, or 0 for what follows from the history: outcomes of activities, and timers.</param>
/// <param name="Message">The message.</param>
internal sealed record InboxMessage(long Row, TaskMessage Message);
