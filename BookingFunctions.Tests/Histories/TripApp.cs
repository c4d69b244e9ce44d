using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Tests.Saga;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Keys;
using LocalFunctionsHost.Management;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.Histories;

/// <summary>The app's own functions on the genuine engine, as the local host runs them, and what it decides written down.</summary>
internal sealed class TripApp : IAsyncDisposable
{
    private static readonly HostSettings Host = HostSettings.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));
    private static readonly FunctionCatalog Functions = FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes());

    private readonly SqliteEngine engine = new(settings: Host);
    private readonly TurnRecorder recorder = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ServiceProvider services;

    private TripApp(IReadOnlyDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddBookingFunctions(configuration)
            .AddSingleton<IReservationStore>(engine.Stores.Reservations)
            .AddSingleton<ITripDirectory>(engine.Stores.Directory)
            .AddSingleton<IUndoDecisions>(engine.Stores.Decisions)
            .AddSingleton<IOutbox>(engine.Stores.Outbox)
            .AddSingleton<IOrchestrationBackend>(engine.Backend)
            .AddSingleton(Host)
            .AddSingleton(FunctionKeys.None)
            .AddSingleton(new HostAddress { Url = "http://localhost" });
        WorkerServices.Add(collection, Host);
        ManagementServices.Add(collection);
        services = collection.BuildServiceProvider();
    }

    /// <summary>The version of today's code, as host.json says.</summary>
    public static string CurrentVersion => Host.DefaultVersion;

    public DurableTaskClient Client => services.GetRequiredService<DurableTaskClient>();

    /// <summary>The turns so far.</summary>
    public IReadOnlyList<RecordedTurn> Turns => recorder.Turns;

    public static async Task<TripApp> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var app = new TripApp(settings);
        await app.engine.StartAsync(app.CreateWorker);
        return app;
    }

    /// <summary>Makes an orchestration of today's code, as the local host runs it.</summary>
    public static TaskOrchestration CreateOrchestration(string name)
    {
        var collection = new ServiceCollection().AddLogging();
        WorkerServices.Add(collection, Host);
        var provider = collection.BuildServiceProvider();
        var shims = new DurableTaskShimFactory(
            provider.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value, NullLoggerFactory.Instance);
        return new OrchestratorManager(Functions, shims, provider).GetObject(name, CurrentVersion);
    }

    /// <summary>Starts a trip as the API does, and gives its id.</summary>
    public async Task<string> BookAsync(TripOrder order) =>
        (await services.GetRequiredService<TripStarter>().StartAsync(Client, order, null, null, CancellationToken.None))!.Id;

    /// <summary>Waits until a trip is as it should be.</summary>
    public async Task UntilAsync(string id, Func<TripView, bool> isThere)
    {
        var reader = services.GetRequiredService<TripReader>();
        await TestHub.UntilAsync(async () => isThere((await reader.FindAsync(Client, id, CancellationToken.None))!));
    }

    /// <summary>Waits until nothing of a trip runs any more but what waits for an operator.</summary>
    public Task EndAsync(string id) => UntilAsync(id, trip =>
        trip.Status is TripState.NeedsAttention || (trip is { IsDecided: true, Notification.State: not NotificationState.Pending }));

    /// <summary>Waits until it has failed so often to undo the hotel, and waits for an operator.</summary>
    public async Task HasFailedToUndoAsync(string id, int times)
    {
        await TestHub.UntilAsync(async () =>
        {
            var history = await Client.GetOrchestrationHistoryAsync(id);
            var undos = history.OfType<TaskScheduledEvent>().Where(scheduled => scheduled.Name == ActivityNames.UndoBookHotel);
            return history.OfType<TaskFailedEvent>().Count(failed => undos.Any(undo => undo.EventId == failed.TaskScheduledId)) >= times;
        });
        await UntilAsync(id, trip => trip.Status == TripState.NeedsAttention && trip.Legs[1].State == LegState.UndoFailed);
    }

    /// <summary>Cancels a trip as the API does.</summary>
    public Task CancelAsync(string id) => Client.ScheduleNewOrchestrationInstanceAsync(
        Orchestrators.CancelTrip,
        new Cancellation(id, "ill", services.GetRequiredService<IOptions<SagaOptions>>().Value.Undo()),
        new StartOrchestrationOptions(Cancellation.IdOf(id)));

    /// <summary>Decides about the hotel as the API does.</summary>
    public async Task DecideAsync(string id, UndoAction action)
    {
        var trip = (await services.GetRequiredService<TripReader>().ReadAsync(Client, id, CancellationToken.None))!;
        var decision = new UndoDecision(
            Leg.Hotel, trip.FailureToDecide(Leg.Hotel)!.Value, action, "bob", "by telephone", DateTimeOffset.UnixEpoch);
        Assert.Null(await services.GetRequiredService<UndoDecider>().DecideAsync(Client, trip, decision, CancellationToken.None));
    }

    /// <summary>Waits until an instance has ended.</summary>
    public Task CompletedAsync(string id) => engine.WaitAsync(id);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
        stopping.Dispose();
    }

    private TaskHubWorker CreateWorker(IOrchestrationService service)
    {
        var worker = FunctionWorkerFactory.Create(
            service,
            engine.Backend,
            Functions,
            services,
            Host,
            NullLoggerFactory.Instance,
            new FunctionLog(NullLogger.Instance, id => id),
            stopping.Token);
        worker.AddOrchestrationDispatcherMiddleware(recorder.RecordAsync);
        return worker;
    }
}
