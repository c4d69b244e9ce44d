namespace LocalRuntime.Storage;

/// <summary>An instance of the in-memory store, with everything that belongs to it.</summary>
internal sealed class InMemoryInstance(InstanceRow row)
{
    public InstanceRow Row { get; set; } = row;

    public SortedList<int, string> History { get; } = [];

    public SortedList<long, InstanceMessage> Inbox { get; } = [];

    public SortedList<long, ScheduledActivity> Activities { get; } = [];

    public SortedList<int, ScheduledTimer> Timers { get; } = [];

    public bool Ended => TurnCommit.IsTerminal(Row.Status);
}
