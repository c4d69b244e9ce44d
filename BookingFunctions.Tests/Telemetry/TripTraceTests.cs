using BookingFunctions.Http;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Travel.Suppliers;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>A trip is one trace, from the request to the supplier, as the application sends it to a collector.</summary>
public sealed class TripTraceTests
{
    [Fact]
    public async Task A_trip_and_a_rolled_back_one_are_a_trace_each_down_to_the_supplier_s_call()
    {
        using var data = new DataFile();
        await using var collector = await OtlpCollector.StartAsync();
        await using var supplier = await TestSupplier.StartAsync();
        await using var app = await LocalApp.StartAsync(
            data, [.. collector.Settings, ("Providers__Car__BaseAddress", supplier.Address)]);

        var confirmed = await app.BookAsync(new TripRequest());
        var cancelled = await app.BookAsync(new TripRequest { Flight = "Invalid 123" });

        await AssertTreeAsync(
            collector,
            confirmed.Id,
            """
            POST api/trips Server
              create_orchestration:BookTrip@(1.0) Producer
                orchestration:BookTrip@(1.0) Server
                  activity:BookCar@(1.0) Client
                    activity:BookCar@(1.0) Server
                      book car Internal
                        PUT Client
                  activity:BookFlight@(1.0) Client
                    activity:BookFlight@(1.0) Server
                      book flight Internal
                  activity:BookHotel@(1.0) Client
                    activity:BookHotel@(1.0) Server
                      book hotel Internal
                  activity:NotifyTraveler@(1.0) Client
                    activity:NotifyTraveler@(1.0) Server
                  activity:RecordTrip@(1.0) Client
                    activity:RecordTrip@(1.0) Server
            """);
        await AssertTreeAsync(
            collector,
            cancelled.Id,
            """
            POST api/trips Server
              create_orchestration:BookTrip@(1.0) Producer
                orchestration:BookTrip@(1.0) Server
                  activity:BookCar@(1.0) Client
                    activity:BookCar@(1.0) Server
                      book car Internal
                        PUT Client
                  activity:BookFlight@(1.0) Client failed
                    activity:BookFlight@(1.0) Server failed
                      book flight Internal failed
                  activity:BookHotel@(1.0) Client
                    activity:BookHotel@(1.0) Server
                      book hotel Internal
                  activity:NotifyTraveler@(1.0) Client
                    activity:NotifyTraveler@(1.0) Server
                  activity:RecordTrip@(1.0) Client
                    activity:RecordTrip@(1.0) Server
                  activity:RecordTrip@(1.0) Client
                    activity:RecordTrip@(1.0) Server
                  activity:UndoBookCar@(1.0) Client
                    activity:UndoBookCar@(1.0) Server
                      undo car Internal
                        DELETE Client
                  activity:UndoBookFlight@(1.0) Client
                    activity:UndoBookFlight@(1.0) Server
                      undo flight Internal
                  activity:UndoBookHotel@(1.0) Client
                    activity:UndoBookHotel@(1.0) Server
                      undo hotel Internal
            """);
        var call = collector.Spans.First(span => span.Name == "book car");
        Assert.Equal(("BookingFunctions", "car", "book"), (call.Source, call.Attributes["trips.leg"], call.Attributes["trips.leg.operation"]));
        Assert.Contains(call.Attributes["trips.id"], new[] { TripId.InLogs(confirmed.Id), TripId.InLogs(cancelled.Id) });
        AssertNothingPersonal(collector, confirmed.Id, cancelled.Id);
        var refused = collector.Spans.Single(span => span.Name == "book flight" && span.IsFailed);
        Assert.EndsWith("InvalidFlightException", refused.Attributes["error.type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trip_stays_one_trace_when_its_process_is_killed_in_the_middle()
    {
        using var data = new DataFile();
        await using var collector = await OtlpCollector.StartAsync();
        (string, string)[] settings = [.. collector.Settings, ("Saga__FirstRetryInterval", "00:00:01"), ("Saga__MaxRetryInterval", "00:00:01")];
        string id;
        await using (var app = await LocalApp.StartAsync(data, settings))
        {
            id = await app.StartTripAsync(new TripRequest { Hotel = "Buggy Inn", Attempts = 1000 });
            await OtlpCollector.UntilAsync(
                () => collector.TreeOf(id).Contains("orchestration:BookTrip:timer Internal", StringComparison.Ordinal)
                    && collector.TreeOf(id).Contains("POST api/trips", StringComparison.Ordinal),
                () => collector.TreeOf(id));
            await app.KillAsync();
        }

        await using (var again = await LocalApp.StartAsync(data, [.. settings, Settings.HotelBugFixed]))
        {
            Assert.Equal("Confirmed", (await again.DecidedAsync(id)).Status);
        }

        // How often it was tried before the kill is not known.
        await OtlpCollector.UntilAsync(
            () => collector.TreeOf(id).Contains("orchestration:BookTrip@(1.0) Server", StringComparison.Ordinal), () => collector.TreeOf(id));
        var tree = collector.TreeOf(id).Split('\n');
        Assert.Equal(["POST api/trips Server", "  create_orchestration:BookTrip@(1.0) Producer", "    orchestration:BookTrip@(1.0) Server"], tree[..3]);
        Assert.All(tree[3..], line => Assert.StartsWith("      ", line, StringComparison.Ordinal));
        Assert.Single(tree, "      activity:BookHotel@(1.0) Client");
        Assert.Contains("      activity:BookHotel@(1.0) Client failed", tree);
        Assert.Contains("      orchestration:BookTrip:timer Internal", tree);
        Assert.Single(tree, "      activity:BookFlight@(1.0) Client");
        Assert.Single(tree, "      activity:RecordTrip@(1.0) Client");
    }

    // Neither a whole id, which begins with a name, nor the text of a failure.
    private static void AssertNothingPersonal(OtlpCollector collector, params string[] ids)
    {
        var texts = collector.Spans.SelectMany(span => span.Attributes.Select(attribute => attribute.Value).Append(span.Name).Append(span.StatusText)).ToList();
        Assert.All(ids, id => Assert.DoesNotContain(texts, text => text.Contains(id, StringComparison.Ordinal)));
        Assert.DoesNotContain(texts, text => text.Contains("There is no flight", StringComparison.Ordinal));
    }

    private static async Task AssertTreeAsync(OtlpCollector collector, string id, string tree)
    {
        await OtlpCollector.UntilAsync(() => collector.TreeOf(id).Split('\n').Length >= tree.Split('\n').Length
            && collector.TreeOf(id).Contains("POST", StringComparison.Ordinal), () => collector.TreeOf(id));
        Assert.Equal(tree, collector.TreeOf(id));
    }
}
