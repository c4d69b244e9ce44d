using BookingFunctions.Activities;
using BookingFunctions.Saga;
using BookingFunctions.Tests.Http;
using BookingFunctions.Tests.Local;
using BookingFunctions.Tests.Telemetry;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Trips.Reading;

/// <summary>What is read of a trip while others change it.</summary>
public sealed class TripReaderTests
{
    private static readonly TripRow Row = new()
    {
        Id = "alice-1",
        Name = "Alice",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Plan = "{}",
    };

    [Fact]
    public async Task A_trip_that_is_started_while_it_is_read_is_being_booked()
    {
        await using var stores = new TripStores();
        var directory = stores.Directory;
        await directory.AddAsync(Row, CancellationToken.None);
        var isStarted = false;
        var client = new StubClient(_ => { }, async (id, cancellation) =>
        {
            if (isStarted)
            {
                return new OrchestrationMetadata("BookTrip", id) { RuntimeStatus = OrchestrationRuntimeStatus.Running };
            }

            // Between the look for its orchestration and the look at its row.
            isStarted = true;
            await directory.UpdateAsync(id, row => row with { IsStarted = true }, cancellation);
            return null!;
        });

        var trip = await new TripReader(directory, TimeProvider.System).ReadAsync(client, Row.Id, CancellationToken.None);

        Assert.Equal(TripState.Booking, trip!.Status.Status);
        Assert.Equal(TripState.Booking, (await directory.FindAsync(Row.Id, CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task A_trip_that_was_ended_from_outside_is_written_down_when_it_is_read_and_goes_on_if_it_is_rewound()
    {
        await using var stores = new TripStores();
        var directory = stores.Directory;
        await directory.AddAsync(Row with { IsStarted = true }, CancellationToken.None);
        var client = new StubClient(
            _ => { },
            (id, _) => Task.FromResult(new OrchestrationMetadata("BookTrip", id)
            {
                RuntimeStatus = OrchestrationRuntimeStatus.Failed,
                SerializedOutput = "X.Y: no",
            }));

        await new TripReader(directory, TimeProvider.System).ReadAsync(client, Row.Id, CancellationToken.None);
        var seen = await directory.FindAsync(Row.Id, CancellationToken.None);
        await RecordAsync(TripState.RollingBack, DateTimeOffset.UnixEpoch);
        var late = await directory.FindAsync(Row.Id, CancellationToken.None);
        await RecordAsync(TripState.Confirmed, DateTimeOffset.UtcNow.AddMinutes(1));
        var after = await directory.FindAsync(Row.Id, CancellationToken.None);

        Assert.Equal((TripState.NeedsAttention, "X.Y: no"), (seen!.Status, seen.Reason));
        Assert.Equal(seen, late);
        Assert.Equal((TripState.Confirmed, null), (after!.Status, after.Reason));

        async Task RecordAsync(TripState state, DateTimeOffset at)
        {
            var recorder = new TripRecorder(directory, new TripWaiters(), SilentTelemetry.Instance);
            await recorder.RecordAsync(Row.Id, TripStatus.New with { Status = state }, at, client, CancellationToken.None);

            // An activity's write is acknowledged before its commit, and reads see what is committed.
            await stores.Database.WriteAsync(_ => { });
        }
    }
}
