using System.Globalization;
using System.Runtime.CompilerServices;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Time;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using DurableTask.Sqlite.Storage;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>
/// Everything that one seed decides: a database, one process after the other that runs the app on it, and clients outside. All
/// of it runs on one thread, in virtual time, in an order that is drawn.
/// </summary>
internal sealed class World : IDisposable
{
    private const int MaxSteps = 50_000;

    private string? violation;
    private int trips;

    /// <param name="draw">Decides everything.</param>
    /// <param name="profile">How rough it is.</param>
    /// <param name="trace">Gets what happens, or null.</param>
    /// <param name="version">What the first process runs; null for the default.</param>
    public World(Draw draw, Profile profile, Trace? trace, AppVersion? version = null)
    {
        Draw = draw;
        Profile = profile;
        Trace = trace;
        Version = version ?? new AppVersion();
        Inventory = new InventoryOptions { Car = profile.Stock, Hotel = profile.Stock, Flight = profile.Seats };
        Ready = new ReadyTasks(draw) { InOrder = profile.InOrder };
        Outside = new SeededScheduler(Ready);
        OutsideClock = new VirtualClock(Time, Outside);
        Faults = new Faults(this);
        Disk = new DiskView(File);
        Ledger = new Ledger(this);
        Process = new SimulatedProcess(this, Version);
    }

    /// <summary>Raised after each commit.</summary>
    public event Action? Committed;

    /// <summary>Raised when a process has crashed or stopped, before the next one starts on what it has left.</summary>
    public event Action? ProcessEnded;

    public Draw Draw { get; }

    public Profile Profile { get; }

    public Trace? Trace { get; }

    public ReadyTasks Ready { get; }

    public VirtualTime Time { get; } = new();

    /// <summary>The database, which outlives the processes.</summary>
    public InMemoryFile File { get; } = new();

    /// <summary>What is committed to the database.</summary>
    public DiskView Disk { get; }

    public Faults Faults { get; }

    public Counts Counts { get; } = new();

    /// <summary>What clients have got as answers.</summary>
    public Ledger Ledger { get; }

    /// <summary>Runs what no crash of the process ends: clients, and the systems of providers.</summary>
    public SeededScheduler Outside { get; }

    public VirtualClock OutsideClock { get; }

    public SimulatedProcess Process { get; private set; }

    public AppVersion Version { get; private set; }

    /// <summary>How many there are of each car, room and seat.</summary>
    public InventoryOptions Inventory { get; }

    /// <summary>What to do before each step; null for what the profile says.</summary>
    public Action<int>? BeforeStep { get; init; }

    /// <summary>Whether the group that a crash finds on its way is on the disk; null if that is drawn.</summary>
    public bool? OpenGroupIsDurable { get; init; }

    private int Step => (int)Counts.Steps;

    /// <summary>Writes a line to the trace, if there is one.</summary>
    public void Log([InterpolatedStringHandlerArgument("")] ref TraceLine line) =>
        Trace?.Add(Step, Time.Elapsed, line.ToStringAndClear());

    /// <summary>Something that must always hold does not.</summary>
    public void Violate(string what)
    {
        Log($"VIOLATED: {what}");
        violation ??= what;
    }

    public void ThrowIfViolated()
    {
        if (violation is not null)
        {
            throw new InvariantException(violation);
        }
    }

    /// <summary>Runs until nothing is left to do and no timer is set.</summary>
    public void RunUntilQuiet()
    {
        // What tasks await would be resumed on the caller's context rather than on their scheduler, as in a test.
        var callers = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            RunSteps();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }
    }

    /// <summary>The process ends in the middle of its work, and a new one starts on what is on the disk.</summary>
    public void Crash()
    {
        Log($"CRASH");
        Counts.Crashes++;
        Process.Kill();
        CheckDisk();
        StartAnew(Version);
    }

    /// <summary>The process could not start, and ends: a new one starts.</summary>
    public void StartAgain()
    {
        Process.Kill();
        StartAnew(Version);
    }

    /// <summary>The process is asked to stop, does, and a new one starts, maybe with other settings or code.</summary>
    public void Restart()
    {
        if (!Process.IsUp)
        {
            return;
        }

        Log($"the process is asked to stop");
        var stopping = Process;
        Process.Stop(() =>
        {
            if (stopping != Process || stopping.Scheduler.IsDead)
            {
                return;
            }

            Log($"the process has stopped");
            Counts.Restarts++;
            stopping.Kill();
            CheckDisk();
            StartAnew(Version.WithSettings(Draw) with
            {
                HotelBugFixed = Version.HotelBugFixed || !Faults.AreOn || Draw.Chance(500),
                HotelUndoFixed = Version.HotelUndoFixed || !Faults.AreOn || Draw.Chance(500),
                Code = Version.Code + (Draw.Chance(500) ? 1 : 0),
            });
        });
    }

    /// <summary>The id of the next trip that is started.</summary>
    public string NewTripId(string name) => string.Create(CultureInfo.InvariantCulture, $"{TripId.Slug(name)}-{++trips}");

    public void OnCommitted() => Committed?.Invoke();

    public void Dispose() => File.Dispose();

    private void RunSteps()
    {
        while (true)
        {
            Time.FireDue();
            if (Ready.Count == 0)
            {
                if (!Time.Advance())
                {
                    ThrowIfViolated();
                    return;
                }

                continue;
            }

            if (++Counts.Steps > MaxSteps)
            {
                throw new InvariantException($"The world does not come to rest within {MaxSteps} steps.");
            }

            if (BeforeStep is not null)
            {
                BeforeStep(Step);
            }
            else
            {
                Faults.Strike();
            }

            if (Ready.Count > 0)
            {
                Ready.RunOne();
            }

            ThrowIfViolated();
        }
    }

    private void StartAnew(AppVersion version)
    {
        Version = version;
        Process = new SimulatedProcess(this, version);
        Process.Start();
    }

    // The disk is as a crash has left it: what was promised has to be on it.
    private void CheckDisk()
    {
        Ledger.Check();
        ProcessEnded?.Invoke();
    }
}
