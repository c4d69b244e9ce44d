using BookingFunctions.Trips;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>Draws what goes wrong, as long as a world is to be rough.</summary>
internal sealed class Faults(World world)
{
    private int crashes;
    private int restarts;
    private int jumps;
    private readonly Dictionary<(Leg Leg, bool Undo), long> circuits = [];

    /// <summary>Whether anything goes wrong; not once a world is brought to its end.</summary>
    public bool AreOn { get; set; } = true;

    /// <summary>Before a step: maybe the process crashes, or is restarted, or the clock jumps, or time passes.</summary>
    public void Strike()
    {
        if (!AreOn)
        {
            return;
        }

        var profile = world.Profile;
        if (crashes < profile.MaxCrashes && world.Draw.Chance(profile.Crash))
        {
            crashes++;
            world.Crash();
        }
        else if (restarts < 3 && world.Draw.Chance(profile.Restart))
        {
            restarts++;
            world.Restart();
        }
        else if (jumps < 2 && world.Draw.Chance(profile.ClockJump))
        {
            jumps++;
            var by = world.Draw.UpTo(TimeSpan.FromHours(2)) * (world.Draw.Chance(500) ? 1 : -1);
            world.Log($"the clock jumps by {by}");
            world.Time.Jump(by);
        }
        else if (world.Draw.Chance(profile.Lag))
        {
            world.Time.Advance(atMost: TimeSpan.FromSeconds(30));
        }
    }

    public bool FailsGroup()
    {
        var fails = AreOn && world.Draw.Chance(world.Profile.FailingGroup);
        world.Counts.FailedCommits += fails ? 1 : 0;
        return fails;
    }

    /// <summary>Whether a write of a group fails; one that is made again after its group has failed is likelier to.</summary>
    public bool FailsWrite(bool again) => AreOn && world.Draw.Chance(world.Profile.FailingWrite * (again ? 10 : 1));

    public bool FailsRead() => AreOn && world.Draw.Chance(world.Profile.FailingRead);

    public bool DiskIsSlow() => AreOn && world.Draw.Chance(world.Profile.SlowGroup);

    public bool FailsCall() => AreOn && world.Draw.Chance(world.Profile.FailingCall);

    /// <summary>Whether the circuit breaker before a supplier is open.</summary>
    public bool CircuitIsOpen(Leg leg, bool undo)
    {
        if (AreOn && world.Draw.Chance(world.Profile.OpenCircuit))
        {
            var time = world.Draw.UpTo(world.Draw.OneOf(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), TimeSpan.FromHours(3)));
            world.Log($"the circuit to {(undo ? "undo" : "book")} the {leg} is open for {time}");
            circuits[(leg, undo)] = world.Time.Elapsed + time.Ticks;
        }

        return AreOn && circuits.GetValueOrDefault((leg, undo)) > world.Time.Elapsed;
    }

    public bool AsksToBeLeftAlone() => AreOn && world.Draw.Chance(world.Profile.RetryAfter);

    public bool AnswersLate() => AreOn && world.Draw.Chance(world.Profile.SlowCall);

    public bool CallerGoesAway() => AreOn && world.Draw.Chance(world.Profile.ImpatientCaller);

    public bool CallsTwice() => AreOn && world.Draw.Chance(world.Profile.DuplicateCall);
}
