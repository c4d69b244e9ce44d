using BookingFunctions.Saga;
using BookingFunctions.Trips;
using DurableTask.Core;
using LocalFunctionsHost.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;

namespace BookingFunctions.Tests.Histories;

/// <summary>
/// Trips that were started by an earlier version go on with today's code. They were recorded (in the folder Trips, by version) while
/// that version ran them; today's code has to decide in each of their turns what was decided then.
/// </summary>
/// <remarks>
/// To record a new version's trips, once <c>defaultVersion</c> in host.json is raised:
/// <c>RECORD_TRIPS=1 dotnet test BookingFunctions.Tests --filter Trips_of_this_version_are_recorded</c>.
/// </remarks>
public sealed class RunningTripTests
{
    private const string Advice =
        "A trip that was started by the version {0} and runs while this is deployed would fail, or do something else than it has begun. "
        + "Leave what such trips do as it was: raise defaultVersion in host.json, and let the orchestrator do something else only for that "
        + "version (context.CompareVersionTo), as docs/operations.md says under 'Running trips and new versions'. "
        + "Then record trips of the new version.";

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Saga:FirstRetryInterval"] = "00:00:00.100",
        ["Saga:MaxRetryInterval"] = "00:00:00.300",
        ["Saga:FirstUndoRetryInterval"] = "00:00:00.010",
        ["Saga:MaxUndoRetryInterval"] = "00:00:00.020",
        ["Saga:UndoAttempts"] = "2",
    };

    private static readonly Dictionary<string, Func<TaskOrchestrationContext, ChangedContext>> Breaking = new()
    {
        [nameof(Changes.AddedCall)] = inner => new Changes.AddedCall(inner),
        [nameof(Changes.DroppedCall)] = inner => new Changes.DroppedCall(inner),
        [nameof(Changes.OtherInput)] = inner => new Changes.OtherInput(inner),
        [nameof(Changes.DroppedTimer)] = inner => new Changes.DroppedTimer(inner),
        [nameof(Changes.LongerTimer)] = inner => new Changes.LongerTimer(inner),
        [nameof(Changes.OtherStatus)] = inner => new Changes.OtherStatus(inner),
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

    public static TheoryData<string> BreakingChanges => [.. Breaking.Keys];

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

        var recorded = RecordedTrip.All.Where(trip => trip.Version == TripApp.CurrentVersion).Select(trip => trip.Kind);
        Assert.True(
            recorded.Order(StringComparer.Ordinal).SequenceEqual(TripKind.All.Select(kind => kind.Name).Order(StringComparer.Ordinal)),
            $"Not every kind of trip is recorded of the version {TripApp.CurrentVersion} of host.json. Record them: "
            + $"RECORD_TRIPS=1 dotnet test BookingFunctions.Tests --filter {nameof(Trips_of_this_version_are_recorded)}");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Todays_code_decides_in_every_turn_of_a_recorded_trip_what_was_decided_then(string version, string kind)
    {
        var differences = HistoryReplay.Compare(RecordedTrip.Load(version, kind), TripApp.CreateOrchestration);

        Assert.True(
            differences.Count == 0,
            $"{string.Join('\n', differences)}\n{Advice.Replace("{0}", version, StringComparison.Ordinal)}");
    }

    [Theory]
    [MemberData(nameof(BreakingChanges))]
    public void A_change_that_would_break_running_trips_is_found(string change) => Assert.NotEmpty(Compare(Breaking[change]));

    [Fact]
    public void No_difference_is_found_where_nothing_is_changed() => Assert.Empty(Compare(inner => new Changes.None(inner)));

    private static IEnumerable<string> Compare(Func<TaskOrchestrationContext, ChangedContext> change)
    {
        return RecordedTrip.All.SelectMany(trip => HistoryReplay.Compare(RecordedTrip.Load(trip.Version, trip.Kind), Create));

        TaskOrchestration Create(string name) => name == Orchestrators.BookTrip
            ? DurableTaskShimFactory.Default.CreateOrchestration<TripPlan, TripStatus>(
                name, (context, _) => BookTrip.RunAsync(change(context))!, parent: null)
            : TripApp.CreateOrchestration(name);
    }

    private static async Task RecordAsync(TripKind kind)
    {
        await using var app = await TripApp.StartAsync(Settings);
        var id = await app.BookAsync(kind.Order);
        await kind.Script(app, id);
        await app.CompletedAsync(id);
        new RecordedTrip(TripApp.CurrentVersion, kind.Name, app.Turns).Save();
    }
}
