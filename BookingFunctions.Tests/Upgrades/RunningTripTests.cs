using BookingFunctions.Http;
using BookingFunctions.Saga;
using DurableTask.Core;
using LocalRuntime.Storage;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Upgrades;

/// <summary>
/// Trips that were started by an earlier version go on with today's code. They were recorded (in the folder Trips, by version) while
/// that version ran them; here they stop at each of their steps, and go on.
/// </summary>
/// <remarks>
/// To record a new version's trips, once <c>defaultVersion</c> in host.json is raised:
/// <c>RECORD_TRIPS=1 dotnet test BookingFunctions.Tests --filter Trips_of_this_version_are_recorded</c>.
/// </remarks>
public sealed class RunningTripTests
{
    private const string Advice =
        "A trip that was started by the version {0} and runs while this is deployed would fail. Leave what such trips do as it was: raise "
        + "defaultVersion in host.json, and let the orchestrator do something else only for that version (context.CompareVersionTo), as "
        + "docs/operations.md says under 'Running trips and new versions'. Then record trips of the new version.";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Saga:FirstRetryInterval"] = "00:00:00.100",
        ["Saga:MaxRetryInterval"] = "00:00:00.300",
        ["Saga:FirstUndoRetryInterval"] = "00:00:00.010",
        ["Saga:MaxUndoRetryInterval"] = "00:00:00.020",
        ["Saga:UndoAttempts"] = "2",
    };

    private static readonly Dictionary<string, string?> Fixed = new(Settings)
    {
        ["Saga:HotelBugFixed"] = "true",
        ["Saga:HotelUndoFixed"] = "true",
    };

    public static TheoryData<string, string> Recorded
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var (version, kind) in RecordedTrip.All)
            {
                all.Add(version, kind);
            }

            return all;
        }
    }

    [Fact]
    public async Task Trips_of_this_version_are_recorded()
    {
        if (Environment.GetEnvironmentVariable("RECORD_TRIPS") is { Length: > 0 })
        {
            foreach (var kind in TripKind.All)
            {
                await RecordAsync(kind);
            }
        }

        Assert.True(
            RecordedTrip.Versions.Contains(TripApp.CurrentVersion),
            $"No trips of the version {TripApp.CurrentVersion} of host.json are recorded. Record them: RECORD_TRIPS=1 dotnet test "
            + $"BookingFunctions.Tests --filter {nameof(Trips_of_this_version_are_recorded)}");
        Assert.Equal(
            TripKind.All.Select(kind => kind.Name).Order(StringComparer.Ordinal),
            RecordedTrip.All.Where(trip => trip.Version == TripApp.CurrentVersion).Select(trip => trip.Kind).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Todays_code_does_what_a_recorded_trip_did(string version, string kind)
    {
        var trip = RecordedTrip.Load(version, kind);
        for (var count = 1; count <= trip.Writes.Count; count++)
        {
            var wrong = await TripApp.ReplayAsync(await trip.StoreAfterAsync(count));

            Assert.True(wrong.Count == 0, $"{string.Join('\n', wrong)}\n{Explain(version)}");
        }
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_recorded_trip_that_stops_at_any_step_goes_on_with_todays_code_and_ends_whole_or_not_at_all(string version, string kind)
    {
        var trip = RecordedTrip.Load(version, kind);
        await Task.WhenAll(Enumerable.Range(1, trip.Writes.Count - 1).Select(async count =>
        {
            var store = await trip.StoreAfterAsync(count);
            await using var app = await TripApp.StartAsync(store, Fixed);

            var ended = await app.EndAsync(trip.Id);
            if (ended.Status == TripState.NeedsAttention)
            {
                await app.DecideAsync(trip.Id, UndoAction.Retry);
                ended = await app.UntilAsync(trip.Id, now => now.IsDecided);
            }

            Assert.True(IsWhole(ended), $"After write {count} of {kind} it went on, and is {ended}.\n{Explain(version)}");
            Assert.All(await RowsAsync(store), row => Assert.NotEqual(OrchestrationStatus.Failed, row.Status));
        }));
    }

    [Fact]
    public async Task Code_that_would_break_running_trips_is_found()
    {
        // The hotel is booked before the car, and the flight after the traveler was told.
        var wrong = new List<string>();
        foreach (var (version, kind) in RecordedTrip.All)
        {
            var trip = RecordedTrip.Load(version, kind);
            for (var count = 2; count <= trip.Writes.Count; count++)
            {
                wrong.AddRange(await TripApp.ReplayAsync(
                    await trip.StoreAfterAsync(count),
                    tasks => tasks.AddOrchestratorFunc<TripPlan, object?>(nameof(BookTrip), async (context, plan) =>
                    {
                        await context.CallActivityAsync("BookHotel");
                        await context.CallActivityAsync("BookCar");
                        return null;
                    })));
            }
        }

        Assert.Contains(wrong, what => what.Contains("BookCar", StringComparison.Ordinal) && what.Contains("BookHotel", StringComparison.Ordinal));
    }

    private static string Explain(string version) => Advice.Replace("{0}", version, StringComparison.Ordinal);

    private static bool IsWhole(TripView trip) => trip.Status switch
    {
        TripState.Confirmed => trip.Legs.All(leg => leg.State == LegState.Booked),
        TripState.Cancelled => trip.Legs.All(leg => leg.State is LegState.Undone or LegState.Failed or LegState.Pending || leg.Skipped is not null),
        _ => false,
    };

    private static async Task<IReadOnlyList<InstanceRow>> RowsAsync(InMemoryOrchestrationStore store) =>
        (await store.QueryAsync(new InstanceQuery(), CancellationToken.None)).Rows;

    private static async Task RecordAsync(TripKind kind)
    {
        var store = new RecordingStore();
        await using var app = await TripApp.StartAsync(store, Settings);
        var id = (await app.Get<TripStarter>().StartAsync(app.Client, kind.Order, null, CancellationToken.None))!.Id;
        await kind.Script(app, id);
        await app.Client.WaitForInstanceCompletionAsync(id);
        new RecordedTrip(TripApp.CurrentVersion, kind.Name, store.Writes).Save();
    }
}
