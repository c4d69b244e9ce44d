using BookingFunctions.Simulation.Scheduling;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>How rough a world is. Chances are per mille: of a step, a group of writes, a call.</summary>
internal sealed record Profile
{
    /// <summary>A world in which nothing ever fails and everything happens in order.</summary>
    public static Profile Calm { get; } = new();

    /// <summary>Whether tasks run in the order in which they became ready.</summary>
    public bool InOrder { get; init; }

    public int Crash { get; init; }

    public int MaxCrashes { get; init; }

    /// <summary>A stop that lets running work finish, and a start.</summary>
    public int Restart { get; init; }

    public int ClockJump { get; init; }

    /// <summary>Time passes though there is work to do.</summary>
    public int Lag { get; init; }

    public int FailingGroup { get; init; }

    /// <summary>A write of a group that fails by itself.</summary>
    public int FailingWrite { get; init; }

    public int FailingRead { get; init; }

    public int SlowGroup { get; init; }

    /// <summary>A call that fails, before or after what it was to do.</summary>
    public int FailingCall { get; init; }

    /// <summary>A call for which a supplier's circuit breaker opens, for seconds or hours.</summary>
    public int OpenCircuit { get; init; }

    /// <summary>A call whose supplier asks to be left alone for a while.</summary>
    public int RetryAfter { get; init; }

    /// <summary>A call that is answered late, maybe later than anyone waits, maybe after the process has ended.</summary>
    public int SlowCall { get; init; }

    public int DuplicateCall { get; init; }

    /// <summary>A caller of the API that doesn't wait for the answer.</summary>
    public int ImpatientCaller { get; init; }

    /// <summary>How many there are of each car and of each room.</summary>
    public int Stock { get; init; } = 1000;

    /// <summary>How many there are of each seat.</summary>
    public int Seats { get; init; } = 1000;

    /// <summary>Whether one store has the directory and the orchestrations, so that a start without a key is one write.</summary>
    public bool StartsInOneStep { get; init; } = true;

    /// <summary>Whether activities that change nothing but the file begin before what has scheduled them is committed.</summary>
    public bool BeginsBeforeCommit { get; init; }

    public int MaxLiveInstances { get; init; } = 2000;

    public int MaxConcurrentActivities { get; init; } = 64;

    public int MaxConcurrentOrchestrators { get; init; } = 64;

    public static Profile From(Draw draw) => new()
    {
        InOrder = draw.Chance(100),
        Crash = draw.OneOf(0, 2, 5, 15, 40),
        MaxCrashes = draw.Between(1, 5),
        Restart = draw.OneOf(0, 0, 2, 5),
        ClockJump = draw.OneOf(0, 0, 0, 3),
        Lag = draw.OneOf(0, 5, 30),
        FailingGroup = draw.OneOf(0, 0, 0, 30, 150),
        FailingWrite = draw.OneOf(0, 0, 0, 10, 30),
        FailingRead = draw.OneOf(0, 0, 0, 30),
        SlowGroup = draw.OneOf(0, 0, 20),
        FailingCall = draw.OneOf(0, 50, 200, 400),
        OpenCircuit = draw.OneOf(0, 0, 20, 100),
        RetryAfter = draw.OneOf(0, 0, 50),
        SlowCall = draw.OneOf(0, 20, 100),
        DuplicateCall = draw.OneOf(0, 0, 100),
        ImpatientCaller = draw.OneOf(0, 0, 100),
        Stock = draw.OneOf(2, 1000, 1000),
        Seats = draw.OneOf(1, 2, 1000),
        StartsInOneStep = draw.Chance(600),
        BeginsBeforeCommit = draw.Chance(500),
        MaxLiveInstances = draw.OneOf(1, 2, 2000),
        MaxConcurrentActivities = draw.OneOf(1, 2, 64, 64),
        MaxConcurrentOrchestrators = draw.OneOf(1, 2, 64, 64),
    };
}
