namespace BookingFunctions.Simulation.Worlds;

/// <summary>How much happened: a simulation that shows nothing has to be seen to show nothing.</summary>
internal sealed class Counts
{
    public long Steps { get; set; }

    public long Commits { get; set; }

    public long FailedCommits { get; set; }

    public long Crashes { get; set; }

    public long Restarts { get; set; }

    public long Calls { get; set; }

    public long Instances { get; set; }

    public long Confirmed { get; set; }

    public long Cancelled { get; set; }

    public void Add(Counts other)
    {
        Steps += other.Steps;
        Commits += other.Commits;
        FailedCommits += other.FailedCommits;
        Crashes += other.Crashes;
        Restarts += other.Restarts;
        Calls += other.Calls;
        Instances += other.Instances;
        Confirmed += other.Confirmed;
        Cancelled += other.Cancelled;
    }
}
