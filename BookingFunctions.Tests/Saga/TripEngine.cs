using System.Collections.Concurrent;
using System.Text.Json;
using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Tests.Engine;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Saga;

/// <summary>Runs trips on a real engine, with activities that do what a test says and write down that they ran.</summary>
internal sealed class TripEngine : IAsyncDisposable
{
    private static readonly RetrySettings Quick = new(3, TimeSpan.FromMilliseconds(1), 1, TimeSpan.FromMilliseconds(1));

    private readonly ConcurrentQueue<string> runs = [];
    private readonly ConcurrentDictionary<string, Action<int>> scripts = [];
    private TestEngine engine = null!;

    /// <summary>The activities that ran, in order.</summary>
    public IReadOnlyList<string> Runs => [.. runs];

    public TestEngine Engine => engine;

    public static async Task<TripEngine> StartAsync()
    {
        var trips = new TripEngine();
        trips.engine = await TestEngine.StartAsync(trips.Register);
        return trips;
    }

    /// <summary>Says what an activity does, given the number of its run from 1: return to succeed, or throw.</summary>
    public void On(string activity, Action<int> script) => scripts[activity] = script;

    public void Fails(string activity, Func<Exception> failure) => On(activity, _ => throw failure());

    /// <summary>Starts a trip and waits until it is decided or needs attention.</summary>
    public async Task<TripView> BookAsync()
    {
        await StartTripAsync();
        return await UntilAsync(trip => trip.Status is TripState.Confirmed or TripState.Cancelled or TripState.NeedsAttention);
    }

    public Task<string> StartTripAsync() => engine.Client.ScheduleNewOrchestrationInstanceAsync(
        nameof(BookTrip), new TripPlan(Trips.Plain, Quick, Quick), new StartOrchestrationOptions("alice-1"));

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

    private async Task<TripView> GetAsync() => TripView.Of((await engine.Client.GetInstanceAsync("alice-1", true))!);

    private void Register(DurableTaskRegistry registry)
    {
        registry.AddOrchestratorFunc(nameof(BookTrip), context => BookTrip.RunAsync(context));
        foreach (var leg in Enum.GetValues<Leg>())
        {
            registry.AddActivityFunc<Booking, string>($"Book{leg}", (_, booking) => Run($"Book{leg}", booking));
            registry.AddActivityFunc<Booking, string>($"UndoBook{leg}", (_, booking) => Run($"UndoBook{leg}", booking));
        }

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
