using System.Text.Json;
using BookingFunctions.Tests.Http;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using BookingFunctions.Trips.Starting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Trips.Starting;

public class SweeperTests
{
    [Fact]
    public async Task What_a_crash_has_left_unstarted_is_started_when_the_host_starts_though_the_clock_was_set_back()
    {
        var clock = new FakeTimeProvider();
        await using var stores = new TripStores();
        var directory = stores.Directory;
        await directory.AddAsync(Row("alice", clock.GetUtcNow()), default);
        await directory.AddAsync(Row("bob", clock.GetUtcNow().AddHours(2)), default);
        var client = new StubClient(_ => { });
        var starter = new TripStarter(directory, Options.Create(new SagaOptions()), clock, SilentTelemetry.Instance);
        var decider = new UndoDecider(stores.Decisions, new TripReader(directory, clock));
        var sweeper = new Sweeper(directory, stores.Decisions, starter, decider, clock, NullLogger<Sweeper>.Instance);

        // Requests leave alone what another one may be about to start.
        await sweeper.SweepAsync(client, Sweeper.LeastAge, default);
        Assert.Empty(client.Starts);

        await sweeper.SweepAsync(client, age: null, default);
        Assert.Equal(["alice", "bob"], client.Starts.Select(start => start.Options!.InstanceId!).Order(StringComparer.Ordinal));
        Assert.True((await directory.FindAsync("alice", default))!.IsStarted);
        Assert.True((await directory.FindAsync("bob", default))!.IsStarted);
    }

    private static TripRow Row(string id, DateTimeOffset at) => new()
    {
        Id = id,
        Name = id,
        CreatedAt = at,
        UpdatedAt = at,
        Plan = JsonSerializer.Serialize(new TripPlan(SampleTrips.Plain, new SagaOptions().Booking(), new SagaOptions().Undo())),
    };
}
