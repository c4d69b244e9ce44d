using System.Diagnostics.CodeAnalysis;
using BookingFunctions.Http;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Time;
using BookingFunctions.Simulation.Workload;
using LocalRuntime.Engine;
using LocalRuntime.Hosting.Management;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>A run of the app: an engine with the app's own functions, from its start to its crash or stop.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A process that crashes disposes nothing; one that stops does it in Stop.")]
internal sealed class SimulatedProcess
{
    private readonly World world;
    private readonly DurableEngine engine;
    private readonly TaskCompletionSource up = new();
    private readonly List<TaskCompletionSource<Answer>> calls = [];
    private readonly GroupWriter writer;

    public SimulatedProcess(World world, AppVersion version)
    {
        this.world = world;
        Scheduler = new SeededScheduler(world.Ready);
        Clock = new VirtualClock(world.Time, Scheduler);
        writer = new GroupWriter(world, this);
        var services = AppServices.Create(world, this, writer, version);
        Services = services;
        var profile = world.Profile;
        engine = new DurableEngine(
            new SimulatedOrchestrationStore(world.Disk, writer),
            AppFunctions.Register(Services, version),
            Services,
            new DurableEngineOptions
            {
                MaxLiveInstances = profile.MaxLiveInstances,
                MaxConcurrentActivities = profile.MaxConcurrentActivities,
                MaxConcurrentOrchestrators = profile.MaxConcurrentOrchestrators,
                Scheduler = Scheduler,
                NewGuid = world.Draw.NewGuid,
            },
            Clock,
            new ErrorLog(world))
        {
            ManagementPayload = id => ManagementLinks.ForClient("http://localhost", id, "key"),
        };
        services.Add(engine.Client);
    }

    /// <summary>The engine's client.</summary>
    public DurableTaskClient Client => engine.Client;

    public SeededScheduler Scheduler { get; }

    public VirtualClock Clock { get; }

    public IServiceProvider Services { get; }

    /// <summary>Completes once the engine has started; never, if it crashes before.</summary>
    public Task WhenUp => up.Task;

    public bool IsUp => up.Task.IsCompleted && !Scheduler.IsDead;

    public void Start() => _ = Scheduler.Start(async () =>
    {
        await engine.StartAsync(CancellationToken.None);
        world.Log($"the process is up");
        up.SetResult();
        await SweepAsync();
    });

    /// <summary>Stops as the host does, with some time for what runs, and tells when it is over.</summary>
    public void Stop(TimeSpan patience, Action stopped) => _ = Scheduler.Start(async () =>
    {
        try
        {
            using var deadline = new CancellationTokenSource(patience, Clock);
            await engine.StopAsync(deadline.Token);
            await engine.DisposeAsync();
            stopped();
        }
        catch (Exception e)
        {
            world.Violate($"The engine could not be stopped: {e}");
        }
    });

    /// <summary>Ends at once. Nobody gets an answer any more.</summary>
    public void Kill()
    {
        writer.Crash();
        Scheduler.Kill();
        foreach (var call in calls.ToArray())
        {
            call.TrySetResult(Answer.Unknown);
        }
    }

    /// <summary>Asks the process for something.</summary>
    public async Task<Answer> AskAsync(Func<Task> call)
    {
        if (Scheduler.IsDead)
        {
            return Answer.Unknown;
        }

        var answered = new TaskCompletionSource<Answer>();
        calls.Add(answered);
        _ = Scheduler.Start(async () =>
        {
            try
            {
                await call();
                answered.TrySetResult(Answer.Done);
            }
            catch (Exception e)
            {
                answered.TrySetResult(Answer.Refused(e));
            }
        });
        try
        {
            return await answered.Task;
        }
        finally
        {
            calls.Remove(answered);
        }
    }

    // As the host does when it is up.
    private async Task SweepAsync()
    {
        try
        {
            await Services.GetRequiredService<TripStarter>().SweepAsync(Client, age: null, CancellationToken.None);
        }
        catch (SimulatedDiskException)
        {
            // The next one finds what this one has left.
        }
    }
}
