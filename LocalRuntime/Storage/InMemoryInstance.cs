namespace LocalRuntime.Storage;

/// <summary>An instance of the in-memory store, with everything that belongs to it.</summary>
/// <param name="row">Its row.</param>
/// <param name="owner">Whose to change it is: another one makes a copy first.</param>
internal sealed class InMemoryInstance(InstanceRow row, object owner)
{
    private InMemoryInstance(InMemoryInstance other, object owner)
        : this(other.Row, owner)
    {
        History = new(other.History);
        Inbox = new(other.Inbox);
        Activities = new(other.Activities);
        Timers = new(other.Timers);
    }

    public object Owner => owner;

    public InstanceRow Row { get; set; } = row;

    public SortedList<int, string> History { get; } = [];

    public SortedList<long, InstanceMessage> Inbox { get; } = [];

    public SortedList<long, ScheduledActivity> Activities { get; } = [];

    public SortedList<int, ScheduledTimer> Timers { get; } = [];

    public bool Ended => TurnCommit.IsTerminal(Row.Status);

    public InMemoryInstance CopyFor(object owner) => new(this, owner);
}
