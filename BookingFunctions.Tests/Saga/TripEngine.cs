using System.Collections.Concurrent;
using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Engine;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Saga;

/// <summary>Runs trips on a real engine, with activities that do what a test says and write down that they ran.</summary>
internal sealed class TripEngine : IAsyncDisposable
{
    private static readonly RetrySettings Quick = Every(TimeSpan.FromMilliseconds(1));

    private readonly ConcurrentQueue<string> runs = [];
    private readonly ConcurrentDictionary<string, Action<int>> scripts = [];
    private readonly RetrySettings booking;
    private readonly InMemoryTripDirectory directory = new();
    private TestEngine engine = null!;

    private TripEngine(RetrySettings booking) => this.booking = booking;

    /// <summary>The activities that ran, in order.</summary>
    public IReadOnlyList<string> Runs => [.. runs];

    public TestEngine Engine => engine;

    /// <summary>Starts the engine.</summary>
    /// <param name="retryAfter">How long after a failure a leg is tried again; null for at once.</param>
    public static async Task<TripEngine> StartAsync(TimeSpan? retryAfter = null)
    {
        var trips = new TripEngine(retryAfter is { } interval ? Every(interval) : Quick);
        trips.engine = await TestEngine.StartAsync(trips.Register);
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

    /// <summary>Starts a trip as the API does: with a row in the directory.</summary>
    public async Task StartTripAsync(bool parallel = false, int? deadlineSeconds = null)
    {
        var plan = new TripPlan(Trips.Plain, booking, Quick, parallel, deadlineSeconds);
        var now = DateTimeOffset.UnixEpoch;
        await directory.AddAsync(
            new TripEntry { Id = "alice-1", Name = "Alice Jones", CreatedAt = now, UpdatedAt = now, Plan = JsonSerializer.Serialize(plan), IsStarted = true },
            CancellationToken.None);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(nameof(BookTrip), plan, new StartOrchestrationOptions("alice-1"));
    }

    /// <summary>Cancels the trip as the API does.</summary>
    public Task CancelAsync(string reason = "ill") => engine.Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(CancelTrip), new Cancellation("alice-1", reason, Quick), new StartOrchestrationOptions(Cancellation.IdOf("alice-1")));

    /// <summary>Decides about a leg as the API does.</summary>
    public async Task DecideAsync(Leg leg, UndoAction action, string? note = null)
    {
        var trip = await new TripReader(directory, TimeProvider.System).ReadAsync(engine.Client, "alice-1", CancellationToken.None);
        var decision = new UndoDecision(leg, action, "bob", note, DateTimeOffset.UnixEpoch);
        await engine.Client.RaiseEventAsync(trip!.WaitingInstanceId!, UndoDecision.EventName, decision);
    }

    public async Task<TripEntry> RowAsync() => (await directory.FindAsync("alice-1", CancellationToken.None))!;

    public async Task<TripView> CancelledAsync() => await UntilAsync(trip => trip is { Status: TripState.Cancelled, Notification.State: not NotificationState.Pending });

    public Task RaiseCancelAsync(object? payload) => engine.Client.RaiseEventAsync("alice-1", StopSignal.EventName, payload);

    public async Task<TripView> UntilAsync(Func<TripView, bool> condition)
    {
        TripView trip = null!;
        await TestEngine.UntilAsync(async () => condition(trip = await GetAsync()));
        return trip;
    }

    public async Task<string> CustomStatusAsync() => (await engine.Client.GetInstanceAsync("alice-1", true))!.SerializedCustomStatus!;

    public async Task<TripView> CompletedAsync()
    {
        await engine.WaitAsync("alice-1");
        return await GetAsync();
    }

    public Task RetryUndoAsync(object? payload) => engine.Client.RaiseEventAsync("alice-1", RetryUndo.EventName, payload);

    public Task RestartAsync() => engine.RestartAsync(Register);

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private static RetrySettings Every(TimeSpan interval) => new(3, interval, 1, interval);

    private async Task<TripView> GetAsync() => (await new TripReader(directory, TimeProvider.System).FindAsync(engine.Client, "alice-1", CancellationToken.None))!;

    private void Register(DurableTaskRegistry registry)
    {
        registry.AddOrchestratorFunc(nameof(BookTrip), context => BookTrip.RunAsync(context));
        foreach (var leg in Enum.GetValues<Leg>())
        {
            registry.AddActivityFunc<Booking, string>($"Book{leg}", (_, booking) => Run($"Book{leg}", booking));
            registry.AddActivityFunc<Booking, string>($"UndoBook{leg}", (_, booking) => Run($"UndoBook{leg}", booking));
        }

        registry.AddOrchestratorFunc(nameof(CancelTrip), context => CancelTrip.RunAsync(context));
        registry.AddActivityFunc<TripReport>(nameof(RecordTrip), (_, report) => new RecordTrip(directory, SilentTelemetry.Instance).RunAsync(report, engine.Client, CancellationToken.None));
        registry.AddActivityFunc<string, TripSnapshot>(
            nameof(ReadTrip), (_, id) => new ReadTrip(new TripReader(directory, TimeProvider.System)).RunAsync(id, engine.Client, CancellationToken.None));
        registry.AddActivityFunc<TripNotice>(nameof(NotifyTraveler), (_, notice) => Run($"Notify {notice.Status}", null));
    }

    private string Run(string activity, Booking? booking)
    {
        runs.Enqueue(activity);
        if (scripts.TryGetValue(activity, out var script))
        {
            script(runs.Count(run => run == activity));
        }

        return JsonSerializer.Serialize(booking?.ReservationId);
    }
}
