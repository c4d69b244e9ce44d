using System.Collections.Concurrent;
using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Local.Storage;
using BookingFunctions.Saga;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using DurableTask.Core;
using DurableTask.Core.Settings;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Settings;
using LocalFunctionsHost.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BookingFunctions.Tests.Saga;

/// <summary>
/// Runs the app's orchestrators on the genuine engine, with activities that do what a test says and write down that they ran.
/// </summary>
internal sealed class TripEngine : IAsyncDisposable
{
    private static readonly FunctionCatalog App = FunctionDiscovery.Find(typeof(BookTrip).Assembly.GetTypes());
    private static readonly RetrySettings Quick = Every(TimeSpan.FromMilliseconds(1));

    private readonly ConcurrentQueue<string> runs = [];
    private readonly ConcurrentQueue<TripStatus> records = [];
    private readonly ConcurrentDictionary<string, Action<int>> scripts = [];
    private readonly RetrySettings booking;
    private readonly ServiceProvider services;
    private readonly SqliteEngine engine;

    private TripEngine(RetrySettings booking, TimeProvider clock, TimeSpan timersAdvance)
    {
        engine = new SqliteEngine(clock) { TimersAdvance = timersAdvance };
        this.booking = booking;
        var collection = new ServiceCollection();
        WorkerServices.Add(collection.AddLogging(), new HostSettings());
        services = collection.BuildServiceProvider(validateScopes: true);
    }

    /// <summary>The activities that ran, in order.</summary>
    public IReadOnlyList<string> Runs => [.. runs];

    /// <summary>What was written to the directory in a step of its own.</summary>
    public IReadOnlyList<TripStatus> Records => [.. records];

    public SqliteEngine Engine => engine;

    private SqliteTripDirectory Directory => engine.Stores.Directory;

    private TripReader Reader => new(Directory, TimeProvider.System);

    /// <summary>Starts the engine.</summary>
    /// <param name="retryAfter">How long after a failure a leg is tried again; null for at once.</param>
    /// <param name="clock">The time of timers; the system's by default.</param>
    /// <param name="timersAdvance">How early timers fire.</param>
    public static async Task<TripEngine> StartAsync(
        TimeSpan? retryAfter = null, TimeProvider? clock = null, TimeSpan timersAdvance = default)
    {
        var trips = new TripEngine(retryAfter is { } interval ? Every(interval) : Quick, clock ?? TimeProvider.System, timersAdvance);
        await trips.engine.StartAsync(trips.CreateWorker);
        return trips;
    }

    /// <summary>Says what an activity does, given the number of its run from 1: return to succeed, or throw.</summary>
    public void On(string activity, Action<int> script) => scripts[activity] = script;

    public void Fails(string activity, Func<Exception> failure) => On(activity, _ => throw failure());

    /// <summary>Starts a trip and waits until it is decided or needs attention.</summary>
    public async Task<TripView> BookAsync(bool parallel = false, int? deadlineSeconds = null)
    {
        await StartTripAsync(parallel, deadlineSeconds);
        return await UntilAsync(trip => trip.Status is TripState.Confirmed or TripState.Cancelled or TripState.NeedsAttention);
    }

    /// <summary>Starts a trip as the API does: with a row in the Directory.</summary>
    public async Task StartTripAsync(bool parallel = false, int? deadlineSeconds = null)
    {
        var plan = new TripPlan(SampleTrips.Plain, booking, Quick, parallel, deadlineSeconds);
        var now = DateTimeOffset.UnixEpoch;
        await Directory.AddAsync(
            new TripRow
            {
                Id = "alice-1",
                Name = "Alice Jones",
                CreatedAt = now,
                UpdatedAt = now,
                Plan = JsonSerializer.Serialize(plan),
                IsStarted = true,
            },
            CancellationToken.None);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(Orchestrators.BookTrip, plan, new StartOrchestrationOptions("alice-1"));
    }

    /// <summary>Cancels the trip as the API does.</summary>
    public Task CancelAsync(string reason = "ill") => engine.Client.ScheduleNewOrchestrationInstanceAsync(
        Orchestrators.CancelTrip, new Cancellation("alice-1", reason, Quick), new StartOrchestrationOptions(Cancellation.IdOf("alice-1")));

    /// <summary>Decides about a leg as the API does.</summary>
    public async Task DecideAsync(Leg leg, UndoAction action, string? note = null)
    {
        var trip = (await ReadAsync())!;
        var decision = new UndoDecision(leg, trip.FailureToDecide(leg)!.Value, action, "bob", note, DateTimeOffset.UnixEpoch);
        Assert.Null(await DecideAsync(trip, decision));
    }

    /// <summary>Decides as the API does that has read a trip so.</summary>
    /// <returns>Null if the decision was taken, else the one that was taken before.</returns>
    public Task<UndoDecision?> DecideAsync(TripSources trip, UndoDecision decision) =>
        CreateDecider().DecideAsync(engine.Client, trip, decision, CancellationToken.None);

    /// <summary>Raises the event of a decision without the API.</summary>
    public Task RaiseDecisionAsync(object? payload) => engine.Client.RaiseEventAsync("alice-1", UndoDecision.EventName, payload);

    /// <summary>Sweeps, as a host does that starts.</summary>
    public Task SweepAsync()
    {
        var starter = new TripStarter(Directory, Options.Create(new SagaOptions()), TimeProvider.System, SilentTelemetry.Instance);
        return new Sweeper(Directory, engine.Stores.Decisions, starter, CreateDecider(), TimeProvider.System, NullLogger<Sweeper>.Instance)
            .SweepAsync(engine.Client, age: null, CancellationToken.None);
    }

    /// <summary>Reads the trip as the API does.</summary>
    public Task<TripSources?> ReadAsync() => Reader.ReadAsync(engine.Client, "alice-1", CancellationToken.None);

    public async Task<TripRow> RowAsync() => (await Directory.FindAsync("alice-1", CancellationToken.None))!;

    public async Task<TripView> CancelledAsync() =>
        await UntilAsync(trip => trip is { Status: TripState.Cancelled, Notification.State: not NotificationState.Pending });

    public Task RaiseCancelAsync(object? payload) => engine.Client.RaiseEventAsync("alice-1", StopSignal.EventName, payload);

    public async Task<TripView> UntilAsync(Func<TripView, bool> condition)
    {
        TripView trip = null!;
        await TestHub.UntilAsync(async () => condition(trip = await GetAsync()));
        return trip;
    }

    public async Task<string> CustomStatusAsync() => (await engine.Client.GetInstanceAsync("alice-1", true))!.SerializedCustomStatus!;

    public async Task<TripView> CompletedAsync()
    {
        await engine.WaitAsync("alice-1");
        return await GetAsync();
    }

    public Task RestartAsync() => engine.RestartAsync(CreateWorker);

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await services.DisposeAsync();
    }

    private UndoDecider CreateDecider() => new(engine.Stores.Decisions, Reader);

    private static RetrySettings Every(TimeSpan interval) => new(3, interval, 1, interval);

    private async Task<TripView> GetAsync() => (await Reader.FindAsync(engine.Client, "alice-1", CancellationToken.None))!;

    private TaskHubWorker CreateWorker(IOrchestrationService service)
    {
        var shims = new DurableTaskShimFactory(
            services.GetRequiredService<IOptions<DurableTaskWorkerOptions>>().Value, NullLoggerFactory.Instance);
        var worker = new TaskHubWorker(
            service,
            new OrchestratorManager(App, shims, services),
            CreateActivities(shims),
            new VersioningSettings(),
            NullLoggerFactory.Instance)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        worker.AddOrchestrationDispatcherMiddleware(OrchestrationMiddleware.InvokeAsync);
        return worker;
    }

    private StubActivities CreateActivities(DurableTaskShimFactory shims)
    {
        var activities = new StubActivities(shims);
        var recorder = new TripRecorder(Directory, new TripWaiters(), SilentTelemetry.Instance);
        foreach (var leg in Enum.GetValues<Leg>())
        {
            activities.Add<Booking, string>($"Book{leg}", booking => RunAsync($"Book{leg}", booking));
            activities.Add<Booking, string>($"UndoBook{leg}", booking => RunAsync($"UndoBook{leg}", booking));
        }

        activities.Add<string, ReadTripOutput>(
            nameof(ReadTrip), id => new ReadTrip(Reader).RunAsync(id, engine.Client, CancellationToken.None));
        activities.Add<RecordTripInput, string?>(nameof(RecordTrip), async report =>
        {
            records.Enqueue(report.Status);
            await new RecordTrip(recorder).RunAsync(report, engine.Client, CancellationToken.None);
            return null;
        });
        activities.Add<NotifyTravelerInput, string>(nameof(NotifyTraveler), async notice =>
        {
            await RecordAsync(NotificationState.Pending);
            var output = await RunAsync($"Notify {notice.Status}", null);
            await RecordAsync(NotificationState.Sent);
            return output;

            Task RecordAsync(NotificationState state) => recorder.RecordAsync(
                notice.TripId,
                notice.Outcome with { Notification = new(state, notice.At) },
                notice.At,
                engine.Client,
                CancellationToken.None);
        });
        return activities;
    }

    private Task<string> RunAsync(string activity, Booking? booking) => Task.Run(() =>
    {
        runs.Enqueue(activity);
        if (scripts.TryGetValue(activity, out var script))
        {
            script(runs.Count(run => run == activity));
        }

        return JsonSerializer.Serialize(booking?.ReservationId);
    });
}
