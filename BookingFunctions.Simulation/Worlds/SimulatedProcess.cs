using System.Diagnostics.CodeAnalysis;
using BookingFunctions.Activities;
using BookingFunctions.Local.Backends;
using BookingFunctions.Local.Storage;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Dispatch;
using BookingFunctions.Simulation.Scheduling;
using BookingFunctions.Simulation.Time;
using BookingFunctions.Travel.Suppliers;
using BookingFunctions.Trips.Starting;
using DurableTask.Core;
using DurableTask.Sqlite.Storage;
using LocalFunctionsHost.Client;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>A run of the app, from its start to its crash or stop: its stores, the backend and the worker, without HTTP.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A process that crashes disposes nothing; one that stops does it in Stop.")]
internal sealed class SimulatedProcess
{
    // How long the supervisor of the process waits until it starts it again.
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(1);

    private static readonly ActivitiesInFile InFile = new(new ProviderOptions(), new NotifyOptions());

    private readonly World world;
    private readonly SqliteDatabase database;
    private readonly CommitterDriver committer;
    private readonly SqliteBackend backend;
    private readonly WorkerService worker;
    private readonly TaskCompletionSource up = new();
    private readonly List<TaskCompletionSource<Answer>> calls = [];

    public SimulatedProcess(World world, AppVersion version)
    {
        this.world = world;
        Scheduler = new SeededScheduler(world.Ready);
        Clock = new VirtualClock(world.Time, Scheduler);
        database = SqliteDatabase.OpenInMemory(
            world.File, new SqliteDatabaseOptions { Path = "simulated", TimeProvider = Clock, Schemas = [TripTables.Schema] });
        committer = new CommitterDriver(world, this, database.Committer);
        world.File.Pause = PauseReadAsync;
        var log = new ErrorLog(world);
        HostSettings settings = new()
        {
            MaxConcurrentActivities = world.Profile.MaxConcurrentActivities,
            MaxConcurrentOrchestrators = world.Profile.MaxConcurrentOrchestrators,
        };
        backend = new SqliteBackend(database, settings, Clock, log, BeginsBeforeCommit);
        backend.Orchestrations.DispatcherCount = 0;
        var options = AppFunctions.Worker.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value;
        LocalDurableTaskClient client = new(backend, new LocalDurableTaskClientOptions
        {
            Converter = options.DataConverter,
            Clock = Clock,
            NewGuid = world.Draw.NewGuid,
        });
        FunctionsClientSource clients = new(
            client, new ManagementLinks(settings.HubName, "key"), new HostAddress { Url = "http://localhost" });
        Client = clients.Get();
        var oneStep = world.Profile.StartsInOneStep ? new SqliteOneStepStart(backend.Orchestrations, client) : null;
        var services = AppServices.Create(world, this, database, clients, oneStep, version);
        Services = services;
        worker = new WorkerService(backend, AppFunctions.Catalog, settings, services, log, Clock, id => id);
        Orchestrations = new OrchestratorManager(
            AppFunctions.Catalog, new DurableTaskShimFactory(options, NullLoggerFactory.Instance), services);
    }

    /// <summary>The client of the orchestrations.</summary>
    public DurableTaskClient Client { get; }

    public SeededScheduler Scheduler { get; }

    public VirtualClock Clock { get; }

    public IServiceProvider Services { get; }

    /// <summary>The orchestrators, for replays.</summary>
    public INameVersionObjectManager<TaskOrchestration> Orchestrations { get; }

    public bool IsUp => up.Task.IsCompleted && !Scheduler.IsDead;

    public void Start() => _ = Scheduler.Start(async () =>
    {
        try
        {
            await worker.StartAsync(CancellationToken.None);
        }
        catch (Exception error) when (SimulatedDiskException.IsIn(error))
        {
            world.Log($"the process could not start");
            await Task.Delay(RestartDelay, Clock);
            world.StartAgain();
            return;
        }

        worker.Worker!.AddOrchestrationDispatcherMiddleware(backend.Orchestrations.ApplyClockAsync);
        worker.Worker.AddOrchestrationDispatcherMiddleware(new TurnTrace(world).InvokeAsync);
        worker.Worker.AddActivityDispatcherMiddleware(new ActivityCheck(world, BeginsBeforeCommit).InvokeAsync);
        DispatchLoops.Start(worker.Worker, Scheduler, Clock);
        world.Log($"the process is up");
        up.SetResult();
        await SweepAsync();
    });

    private bool BeginsBeforeCommit(string activity) => world.Profile.BeginsBeforeCommit && InFile.Contains(activity);

    /// <summary>Stops as the host does, and calls back when that is over.</summary>
    public void Stop(Action stopped) => _ = Scheduler.Start(async () =>
    {
        try
        {
            await worker.StopAsync(CancellationToken.None);
            await backend.DisposeAsync();
            await database.DisposeAsync();
            stopped();
        }
        catch (Exception e)
        {
            world.Violate($"The process could not be stopped: {e}");
        }
    });

    /// <summary>Ends at once. No caller gets an answer any more.</summary>
    public void Kill()
    {
        committer.Crash();
        Scheduler.Kill();
        foreach (var call in calls.ToArray())
        {
            call.TrySetResult(Answer.Unknown);
        }
    }

    /// <summary>Calls the process.</summary>
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

    // Before and after each read. While the process starts, nothing runs beside it.
    private async Task PauseReadAsync()
    {
        await Task.Yield();
        if (IsUp && world.Faults.FailsRead())
        {
            throw new StoreUnavailableException("The store could not be read.", new SimulatedDiskException("The disk could not be read."));
        }
    }

    // As the host does when it is up.
    private async Task SweepAsync()
    {
        try
        {
            await Services.GetRequiredService<Sweeper>().SweepAsync(Client, age: null, CancellationToken.None);
        }
        catch (Exception error) when (SimulatedDiskException.IsIn(error))
        {
            // The next one finds what this one has left.
        }
    }
}
