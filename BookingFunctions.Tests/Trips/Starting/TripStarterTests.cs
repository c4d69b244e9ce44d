using BookingFunctions.Tests.Http;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Starting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Trips.Starting;

public class TripStarterTests
{
    [Fact]
    public async Task Start_in_one_step_with_a_taken_id_is_tried_with_another_id_and_leaves_the_row_to_the_step()
    {
        await using var stores = new TripStores();
        var step = new StubOneStepStart(taken: "alice-1");
        var client = new StubClient(_ => { });
        var ids = new Queue<string>(["alice-1", "alice-2"]);
        var starter = new TripStarter(
            stores.Directory, Options.Create(new SagaOptions()), new FakeTimeProvider(), SilentTelemetry.Instance, step)
        {
            NewId = _ => ids.Dequeue(),
        };

        var entry = await starter.StartAsync(client, new TripOrder(SampleTrips.Plain, 7), null, null, default);

        Assert.Equal("alice-2", entry!.Id);
        Assert.Equal(
            [("alice-1", true, 7), ("alice-2", true, 7)],
            step.Starts.Select(start => (start.Entry.Id, start.Entry.IsStarted, start.Plan.Booking.Attempts)));
        Assert.Empty(client.Starts);
        Assert.Null(await stores.Directory.FindAsync("alice-2", default));
    }
}
