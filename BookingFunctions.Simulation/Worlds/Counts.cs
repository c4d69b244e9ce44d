namespace BookingFunctions.Simulation.Worlds;

/// <summary>How much happened: a simulation that shows nothing has to be seen to show nothing.</summary>
internal sealed class Counts
{
    public long Steps { get; set; }

    public long Commits { get; set; }

    public long FailedCommits { get; set; }

    public long Crashes { get; set; }

    /// <summary>Crashes that found a group of writes on its way to the disk.</summary>
    public long OpenGroups { get; set; }

    public long Restarts { get; set; }

    public long Calls { get; set; }

    public long Instances { get; set; }

    public long Confirmed { get; set; }

    public long Cancelled { get; set; }

    /// <summary>Of those that were cancelled, on request.</summary>
    public long CancelledOnRequest { get; set; }

    /// <summary>By their deadline.</summary>
    public long TooLate { get; set; }

    /// <summary>Because something was sold out.</summary>
    public long SoldOut { get; set; }

    /// <summary>Legs that an operator has accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Operators' decisions that were carried out.</summary>
    public long Decisions { get; set; }

    /// <summary>Tries to book that a circuit breaker refused.</summary>
    public long Refusals { get; set; }

    public void Add(Counts other)
    {
        Steps += other.Steps;
        Commits += other.Commits;
        FailedCommits += other.FailedCommits;
        Crashes += other.Crashes;
        OpenGroups += other.OpenGroups;
        Restarts += other.Restarts;
        Calls += other.Calls;
        Instances += other.Instances;
        Confirmed += other.Confirmed;
        Cancelled += other.Cancelled;
        CancelledOnRequest += other.CancelledOnRequest;
        TooLate += other.TooLate;
        SoldOut += other.SoldOut;
        Accepted += other.Accepted;
        Decisions += other.Decisions;
        Refusals += other.Refusals;
    }
}
