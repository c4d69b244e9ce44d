using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Checks;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using DurableTask.Core.History;
using LocalRuntime.Engine;
using LocalRuntime.Engine.Dispatch;
using LocalRuntime.Hosting;
using LocalRuntime.Hosting.Functions;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.Upgrades;

/// <summary>The app's own functions on an engine, as the embedded host runs them, with everything in memory.</summary>
internal sealed class TripApp : IAsyncDisposable
{
    private static readonly FunctionCatalog Functions = FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes());

    private readonly ServiceProvider services;
    private readonly DurableEngine engine;

    private TripApp(
        IOrchestrationStore store,
        IReadOnlyDictionary<string, string?> settings,
        Action<DurableTaskRegistry>? change,
        Action<IServiceCollection>? stores)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var collection = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddLogging()
            .AddBookingFunctions(configuration)
            .AddSingleton<IReservationStore>(new InMemoryReservationStore())
            .AddSingleton<ITripDirectory>(new InMemoryTripDirectory())
            .AddSingleton<IOutbox>(new InMemoryOutbox())
            .AddSingleton(_ => engine!.Client);
        stores?.Invoke(collection);
        services = collection.BuildServiceProvider();
        engine = new DurableEngine(store, Register(services, change), services, new DurableEngineOptions { DefaultVersion = CurrentVersion });
    }

    /// <summary>The version of today's code, as host.json says.</summary>
    public static string CurrentVersion { get; } = HostSettings.Read(Path.Combine(AppContext.BaseDirectory, "host.json")).DefaultVersion;

    public DurableTaskClient Client => engine.Client;

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Starts the app on a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="change">Changes its code; null for none.</param>
    /// <param name="stores">Registers the app's own stores; null to keep what they have in memory.</param>
    public static async Task<TripApp> StartAsync(
        IOrchestrationStore store,
        IReadOnlyDictionary<string, string?> settings,
        Action<DurableTaskRegistry>? change = null,
        Action<IServiceCollection>? stores = null)
    {
        var app = new TripApp(store, settings, change, stores);
        await app.AddRowsAsync(store);
        await app.engine.StartAsync(CancellationToken.None);
        return app;
    }

    /// <summary>Replays each instance of a store on the code.</summary>
    /// <returns>What it does otherwise than recorded.</returns>
    public static async Task<IReadOnlyList<string>> ReplayAsync(IOrchestrationStore store, Action<DurableTaskRegistry>? change = null)
    {
        var wrong = new List<string>();
        var provider = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using (provider)
        {
            var loader = new InstanceLoader(
                store, Register(provider, change), provider, JsonDataConverter.Default, new Failures(provider), TimeProvider.System, NullLoggerFactory.Instance, _ => { });
            var work = await store.ReadOpenWorkAsync(CancellationToken.None);
            foreach (var row in (await store.QueryAsync(new InstanceQuery(), CancellationToken.None)).Rows)
            {
                if (await store.LoadAsync(row.InstanceId, CancellationToken.None) is { History.Count: > 0 } stored)
                {
                    ReplayCheck.Check(loader, stored, work, wrong.Add, comparesContents: false);
                }
            }
        }

        return wrong;
    }

    public async Task<TripView> GetAsync(string id) => (await Get<TripReader>().FindAsync(Client, id, CancellationToken.None))!;

    /// <summary>Waits until a trip is as it should be.</summary>
    public async Task<TripView> UntilAsync(string id, Func<TripView, bool> isThere)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var trip = await GetAsync(id);
            if (isThere(trip))
            {
                return trip;
            }

            await Task.Delay(5, patience.Token);
        }
    }

    /// <summary>Waits until nothing of a trip runs any more but what waits for an operator.</summary>
    public Task<TripView> EndAsync(string id) => UntilAsync(id, trip =>
        trip.Status is TripState.NeedsAttention || (trip is { IsDecided: true, Notification.State: not NotificationState.Pending }));

    /// <summary>Waits until it has failed so often to undo the hotel, and waits for an operator.</summary>
    public async Task HasFailedToUndoAsync(string id, int times)
    {
        while (await Client.GetOrchestrationHistoryAsync(id) is var history
            && history.OfType<TaskFailedEvent>().Count(failed => IsUndo(history, failed.TaskScheduledId)) < times)
        {
            await Task.Delay(5);
        }

        await UntilAsync(id, trip => trip.Status == TripState.NeedsAttention && trip.Legs[1].State == LegState.UndoFailed);

        static bool IsUndo(IEnumerable<HistoryEvent> history, int taskId) =>
            history.OfType<TaskScheduledEvent>().Single(scheduled => scheduled.EventId == taskId).Name == nameof(HotelActivities.UndoBookHotel);
    }

    /// <summary>Cancels a trip as the API does.</summary>
    public Task CancelAsync(string id) => Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(CancelTrip),
        new Cancellation(id, "ill", Get<IOptions<SagaOptions>>().Value.Undo()),
        new StartOrchestrationOptions(Cancellation.IdOf(id)));

    /// <summary>Decides about the hotel as the API does.</summary>
    public async Task DecideAsync(string id, UndoAction action)
    {
        var trip = await Get<TripReader>().ReadAsync(Client, id, CancellationToken.None);
        await Client.RaiseEventAsync(
            trip!.WaitingInstanceId!, UndoDecision.EventName, new UndoDecision(Leg.Hotel, action, "bob", "by telephone", DateTimeOffset.UnixEpoch));
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
    }

    private static DurableTaskRegistry Register(IServiceProvider services, Action<DurableTaskRegistry>? change)
    {
        var registry = new DurableTaskRegistry();
        change?.Invoke(registry);
        foreach (var orchestrator in Functions.Orchestrators.Where(function => !registry.TryCreateOrchestrator(function.Method.Name, services, out _, null)))
        {
            registry.AddOrchestrator(orchestrator.Method.Name, () => orchestrator.Create(services));
        }

        foreach (var activity in Functions.Activities)
        {
            registry.AddActivity(activity.Method.Name, activity.Create);
        }

        return registry;
    }

    // The directory is not recorded: it is as it was just after the start.
    private async Task AddRowsAsync(IOrchestrationStore store)
    {
        foreach (var row in (await store.QueryAsync(new InstanceQuery(), CancellationToken.None)).Rows.Where(row => row.Name == nameof(BookTrip)))
        {
            var plan = JsonSerializer.Deserialize<TripPlan>(row.Input!)!;
            await Get<ITripDirectory>().AddAsync(
                new TripEntry
                {
                    Id = row.InstanceId, Name = plan.Trip.Name, CreatedAt = row.CreatedAt, UpdatedAt = row.CreatedAt, Plan = row.Input!, IsStarted = true,
                },
                CancellationToken.None);
        }
    }
}
