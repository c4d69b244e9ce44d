using System.Diagnostics;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Travel.Suppliers;
using TripId = BookingFunctions.Trips.TripId;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>A trip is one trace, from its caller to the supplier.</summary>
[Collection(ProcessTelemetry.Name)]
public sealed class TripTraceTests
{
    private readonly Exports exports = new();

    [Fact]
    public async Task A_trip_and_a_rolled_back_one_are_a_trace_each_down_to_the_supplier()
    {
        await using var supplier = await TestSupplier.StartAsync();
        await using var app = await TripHost.StartAsync(exports, ("Providers__Car__BaseAddress", supplier.Address));

        var confirmed = await app.BookAsync(new TripRequest());
        var cancelled = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });

        await ExpectAsync(
            confirmed.Id,
            """
            POST Client
              POST api/trips Server
                create_orchestration:BookTrip@(1.0) Producer
                  orchestration:BookTrip@(1.0) Server
                    activity:BookCar@(1.0) Client
                      activity:BookCar@(1.0) Server
                        book car Internal
                          PUT Client
                            PUT /reservations/{id} Server
                    activity:BookFlight@(1.0) Client
                      activity:BookFlight@(1.0) Server
                        book flight Internal
                    activity:BookHotel@(1.0) Client
                      activity:BookHotel@(1.0) Server
                        book hotel Internal
                    activity:NotifyTraveler@(1.0) Client
                      activity:NotifyTraveler@(1.0) Server
            """);
        await ExpectAsync(
            cancelled.Id,
            """
            POST Client
              POST api/trips Server
                create_orchestration:BookTrip@(1.0) Producer
                  orchestration:BookTrip@(1.0) Server
                    activity:BookCar@(1.0) Client
                      activity:BookCar@(1.0) Server
                        book car Internal
                          PUT Client
                            PUT /reservations/{id} Server
                    activity:BookFlight@(1.0) Client failed
                      activity:BookFlight@(1.0) Server failed
                        book flight Internal failed
                    activity:BookHotel@(1.0) Client
                      activity:BookHotel@(1.0) Server
                        book hotel Internal
                    activity:NotifyTraveler@(1.0) Client
                      activity:NotifyTraveler@(1.0) Server
                    activity:UndoBookCar@(1.0) Client
                      activity:UndoBookCar@(1.0) Server
                        undo car Internal
                          DELETE Client
                            DELETE /reservations/{id} Server
                    activity:UndoBookFlight@(1.0) Client
                      activity:UndoBookFlight@(1.0) Server
                        undo flight Internal
                    activity:UndoBookHotel@(1.0) Client
                      activity:UndoBookHotel@(1.0) Server
                        undo hotel Internal
            """);
        var refused = exports.Spans.Single(span => span is { DisplayName: "book flight", Status: ActivityStatusCode.Error });
        Assert.EndsWith("InvalidFlightException", refused.GetTagItem("error.type") as string, StringComparison.Ordinal);
        Assert.Equal(
            (TripId.InLogs(cancelled.Id), "flight", "book"),
            (refused.GetTagItem("trips.id"), refused.GetTagItem("trips.leg"), refused.GetTagItem("trips.leg.operation")));
    }

    [Fact]
    public async Task A_trip_stays_one_trace_when_its_host_is_restarted_in_the_middle()
    {
        await using var app = await TripHost.StartAsync(exports);
        var id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
        await app.UntilAsync(id, trip => trip.Legs[1].Attempt > 2);

        await app.RestartAsync(exports, Settings.HotelBugFixed);
        Assert.Equal("Confirmed", (await app.UntilAsync(id, trip => trip.HasEnded)).Status);

        await Waiting.UntilAsync(
            () => TreeOf(id).Contains("orchestration:BookTrip@(1.0) Server", StringComparison.Ordinal), () => TreeOf(id));
        var tree = TreeOf(id).Split('\n');
        Assert.Equal(
            [
                "POST Client",
                "  POST api/trips Server",
                "    create_orchestration:BookTrip@(1.0) Producer",
                "      orchestration:BookTrip@(1.0) Server",
            ],
            tree[..4]);
        Assert.All(tree[4..], line => Assert.StartsWith("        ", line, StringComparison.Ordinal));
        Assert.Contains("        activity:BookHotel@(1.0) Client failed", tree);
        Assert.Contains("        orchestration:BookTrip:timer Internal", tree);
        Assert.Single(tree, "        activity:BookHotel@(1.0) Client");
        Assert.Single(tree, "        activity:BookFlight@(1.0) Client");
        Assert.Single(tree, "        activity:NotifyTraveler@(1.0) Client");
    }

    private async Task ExpectAsync(string id, string tree)
    {
        await Waiting.UntilAsync(() => TreeOf(id).Split('\n').Length >= tree.Split('\n').Length, () => TreeOf(id));
        Assert.Equal(tree, TreeOf(id));
    }

    private string TreeOf(string id)
    {
        var spans = exports.Spans;
        var trace = spans.FirstOrDefault(span => span.GetTagItem("durabletask.task.instance_id") as string == TripId.InLogs(id))?.TraceId;
        return SpanTree.Of([.. spans.Where(span => span.TraceId == trace)]);
    }
}
