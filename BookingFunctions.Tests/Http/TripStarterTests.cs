using System.Text.Json;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Simulation.Disk;
using BookingFunctions.Storage;
using BookingFunctions.Tests.Engine;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using Microsoft.DurableTask;
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
        var directory = new InMemoryTripDirectory();
        await directory.AddAsync(Row("alice", clock.GetUtcNow()), default);
        await directory.AddAsync(Row("bob", clock.GetUtcNow().AddHours(2)), default);
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(nameof(BookTrip), _ => "done"));
        var starter = new TripStarter(directory, Options.Create(new SagaOptions()), clock, SilentTelemetry.Instance, NullLogger<TripStarter>.Instance);

        // Requests leave alone what another one may be about to start.
        await starter.SweepAsync(engine.Client, TimeSpan.FromMinutes(1), default);
        Assert.All(directory.All, row => Assert.False(row.IsStarted));

        await starter.SweepAsync(engine.Client, age: null, default);
        Assert.All(directory.All, row => Assert.True(row.IsStarted));
        await engine.WaitAsync("alice");
        await engine.WaitAsync("bob");
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
