using System.Text.Json;
using BookingFunctions.Tests.Travel;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Trips.Reading;

public sealed class TripViewTests
{
    private static readonly DateTimeOffset Created = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly string Input = JsonSerializer.Serialize(
        new TripPlan(SampleTrips.Plain, new SagaOptions().Booking(), new SagaOptions().Undo()));
    private static readonly TripStatus RollingBack = TripStatus.New with { Status = TripState.RollingBack, Reason = "X: no" };

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    public void A_trip_that_has_not_begun_is_shown_with_its_legs_pending(string? customStatus)
    {
        var trip = TripView.Of(Instance(OrchestrationRuntimeStatus.Pending, customStatus));

        Assert.Equal(("alice-1", "Alice Jones", TripState.Booking, null), (trip.Id, trip.Name, trip.Status, trip.Reason));
        Assert.Equal((Created, Created.AddSeconds(1)), (trip.CreatedAt, trip.LastUpdatedAt));
        Assert.Equal(
            [(Leg.Car, "Ford 150"), (Leg.Hotel, "Hilton 123"), (Leg.Flight, "Alaska Airlines 123")],
            trip.Legs.Select(leg => (leg.Leg, leg.Request)));
        Assert.All(trip.Legs, leg => Assert.Equal(
            (LegState.Pending, 0, null, null), (leg.State, leg.Attempt, leg.Confirmation, leg.Error)));
    }

    [Fact]
    public void A_trip_is_written_with_the_names_of_the_contract()
    {
        var legs = TripStatus.New.Legs.ToArray();
        var error = new LegError("My.Exception", "no", "at home");
        legs[0] = new LegStatus(Leg.Car, LegState.Retrying, 2, "C-1", error, RetryAt: DateTimeOffset.UnixEpoch);
        var view = TripView.Of(Instance(OrchestrationRuntimeStatus.Running, JsonSerializer.Serialize(TripStatus.New with { Legs = legs })));

        var json = JsonSerializer.SerializeToElement(view, ApiJson.Options);

        Assert.Equal(
            ["id", "name", "status", "reason", "createdAt", "lastUpdatedAt", "legs", "notification"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Booking", json.GetProperty("status").GetString());
        Assert.Equal(
            ["car", "hotel", "flight"], json.GetProperty("legs").EnumerateArray().Select(leg => leg.GetProperty("leg").GetString()));
        Assert.Equal(
            """{"leg":"car","request":"Ford 150","state":"Retrying","attempt":2,"confirmation":"C-1","error":"""
            + """{"type":"My.Exception","message":"no","stackTrace":"at home"},"skipped":null,"retryAt":"1970-01-01T00:00:00+00:00"}""",
            json.GetProperty("legs")[0].GetRawText());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed, "X.Y: no", TripState.NeedsAttention, "X.Y: no")]
    [InlineData(OrchestrationRuntimeStatus.Failed, null, TripState.NeedsAttention, "The orchestration failed.")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "by hand", TripState.NeedsAttention, "Terminated: by hand")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, "\"by hand\"", TripState.NeedsAttention, "Terminated: by hand")]
    [InlineData(OrchestrationRuntimeStatus.Terminated, null, TripState.NeedsAttention, "Terminated.")]
    [InlineData(OrchestrationRuntimeStatus.Suspended, "lunch", TripState.RollingBack, "Suspended: lunch; X: no")]
    [InlineData(OrchestrationRuntimeStatus.Suspended, "", TripState.RollingBack, "Suspended.; X: no")]
    [InlineData(OrchestrationRuntimeStatus.Running, null, TripState.RollingBack, "X: no")]
    public void What_was_done_to_the_orchestration_shows(OrchestrationRuntimeStatus runtime, string? output, TripState state, string reason)
    {
        var trip = TripView.Of(Instance(runtime, JsonSerializer.Serialize(RollingBack), output));

        Assert.Equal((state, reason), (trip.Status, trip.Reason));
    }

    [Theory]
    [InlineData(TripState.Confirmed)]
    [InlineData(TripState.Cancelled)]
    public void A_decided_trip_stays_decided_whatever_ends_its_orchestration(TripState decision)
    {
        var status = JsonSerializer.Serialize(TripStatus.New with { Status = decision });

        Assert.Equal(decision, TripView.Of(Instance(OrchestrationRuntimeStatus.Terminated, status, "late")).Status);
        Assert.Equal(decision, TripView.Of(Instance(OrchestrationRuntimeStatus.Failed, status, "late")).Status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("{}")]
    public void An_orchestration_with_any_other_input_can_still_be_looked_at(string input)
    {
        var trip = TripView.Of(Instance(OrchestrationRuntimeStatus.Failed, input, "X: no", input));

        Assert.Equal((null, TripState.NeedsAttention, 3), (trip.Name, trip.Status, trip.Legs.Count));
    }

    private static OrchestrationMetadata Instance(
        OrchestrationRuntimeStatus status, string? customStatus, string? output = null, string? input = null) =>
        new(Orchestrators.BookTrip, "alice-1")
        {
            RuntimeStatus = status,
            CreatedAt = Created,
            LastUpdatedAt = Created.AddSeconds(1),
            SerializedInput = input ?? Input,
            SerializedCustomStatus = customStatus,
            SerializedOutput = output,
        };
}
