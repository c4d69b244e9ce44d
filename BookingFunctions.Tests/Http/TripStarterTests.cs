using System.Text.Json;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Http;

public class TripStarterTests
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
        var starter = new TripStarter(directory, Options.Create(new SagaOptions()), clock, SilentTelemetry.Instance, NullLogger<TripStarter>.Instance);

        // Requests leave alone what another one may be about to start.
        await starter.SweepAsync(client, TimeSpan.FromMinutes(1), default);
        Assert.Empty(client.Starts);

        await starter.SweepAsync(client, age: null, default);
        Assert.Equal(["alice", "bob"], client.Starts.Select(start => start.Options!.InstanceId!).Order(StringComparer.Ordinal));
        Assert.True((await directory.FindAsync("alice", default))!.IsStarted);
        Assert.True((await directory.FindAsync("bob", default))!.IsStarted);
    }

    [Fact]
    public async Task Start_in_one_step_with_a_taken_id_is_tried_with_another_id_and_leaves_the_row_to_the_step()
    {
        await using var stores = new TripStores();
        var step = new StubOneStepStart(taken: "alice-1");
        var client = new StubClient(_ => { });
        var ids = new Queue<string>(["alice-1", "alice-2"]);
        var starter = new TripStarter(
            stores.Directory, Options.Create(new SagaOptions()), new FakeTimeProvider(), SilentTelemetry.Instance, NullLogger<TripStarter>.Instance, step)
        {
            NewId = _ => ids.Dequeue(),
        };

        var entry = await starter.StartAsync(client, new TripOrder(Trips.Plain, 7), null, default);

        Assert.Equal("alice-2", entry!.Id);
        Assert.Equal([("alice-1", true, 7), ("alice-2", true, 7)], step.Starts.Select(start => (start.Entry.Id, start.Entry.IsStarted, start.Plan.Booking.Attempts)));
        Assert.Empty(client.Starts);
        Assert.Null(await stores.Directory.FindAsync("alice-2", default));
    }

    private static TripEntry Row(string id, DateTimeOffset at) => new()
    {
        Id = id,
        Name = id,
        CreatedAt = at,
        UpdatedAt = at,
        Plan = JsonSerializer.Serialize(new TripPlan(Trips.Plain, new SagaOptions().Booking(), new SagaOptions().Undo())),
    };
}
