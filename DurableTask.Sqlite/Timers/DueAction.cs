namespace DurableTask.Sqlite.Timers;

/// <summary>Something to be done at a time.</summary>
/// <param name="Due">When, in UTC.</param>
/// <param name="Sequence">Its place among those that are due at the same time.</param>
/// <param name="Run">What to do.</param>
internal sealed record DueAction(DateTime Due, long Sequence, Action Run);
