using System.Globalization;
using System.Text.RegularExpressions;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Infra;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>What the application sends of its trips beside their traces: metrics and logs.</summary>
public sealed class TripMetricsTests
{
    [Fact]
    public async Task Each_thing_that_happens_to_trips_is_counted_once()
    {
        using var data = new DataFile();
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await LocalApp.StartAsync(data, [.. collector.Settings, ("Saga__UndoAttempts", "2")]);

        await app.BookAsync(new TripRequest());
        await app.BookAsync(new TripRequest { Car = "Flaky Ford" });
        await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
        var stuck = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await ExpectAsync("trips.needing_attention{} = 1");
        await app.DecideAsync(stuck.Id, "hotel", "skip");
        await app.UntilAsync(stuck.Id, trip => trip.Status == "Cancelled");
        await app.DecidedAsync(stuck.Id);

        await ExpectAsync(
            """
            trips.compensations{trips.compensation.outcome=skipped, trips.leg=hotel} = 1
            trips.compensations{trips.compensation.outcome=undone, trips.leg=car} = 2
            trips.compensations{trips.compensation.outcome=undone, trips.leg=hotel} = 1
            trips.duration{trips.outcome=cancelled} = 2
            trips.duration{trips.outcome=confirmed} = 2
            trips.ended{error.type=BookingFunctions.Travel.InvalidFlightException, trips.outcome=cancelled} = 2
            trips.ended{trips.outcome=confirmed} = 2
            trips.leg.duration{error.type=BookingFunctions.Travel.InvalidFlightException, trips.leg=flight, trips.leg.operation=book} = 2
            trips.leg.duration{error.type=BookingFunctions.Travel.ProviderUnavailableException, trips.leg=car, trips.leg.operation=book} = 5
            trips.leg.duration{error.type=BookingFunctions.Travel.ProviderUnavailableException, trips.leg=hotel, trips.leg.operation=undo} = 2
            trips.leg.duration{trips.leg=car, trips.leg.operation=book} = 4
            trips.leg.duration{trips.leg=car, trips.leg.operation=undo} = 2
            trips.leg.duration{trips.leg=flight, trips.leg.operation=book} = 2
            trips.leg.duration{trips.leg=flight, trips.leg.operation=undo} = 2
            trips.leg.duration{trips.leg=hotel, trips.leg.operation=book} = 4
            trips.leg.duration{trips.leg=hotel, trips.leg.operation=undo} = 1
            trips.leg.retries{trips.leg=car} = 5
            trips.needing_attention{} = 0
            trips.started{} = 4
            """);
        Assert.Equal("s", collector.Points["trips.duration{trips.outcome=confirmed}"].Unit);
        Assert.Equal("{trip}", collector.Points["trips.started{}"].Unit);

        async Task ExpectAsync(string lines)
        {
            string Seen() => string.Join('\n', collector.Points.Values.Where(point => point.Metric.StartsWith("trips.", StringComparison.Ordinal))
                .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Series} = {point.Value}")).Order(StringComparer.Ordinal));
            bool IsThere() => lines.Contains('\n', StringComparison.Ordinal) ? Seen() == lines : Seen().Contains(lines, StringComparison.Ordinal);
            try
            {
                await OtlpCollector.UntilAsync(IsThere, Seen);
            }
            catch (TimeoutException)
            {
                Assert.Equal(lines, Seen());
            }
        }
    }

    [Fact]
    public async Task Every_log_line_about_a_trip_has_its_id_as_a_property_and_its_trace()
    {
        using var data = new DataFile();
        await using var collector = await OtlpCollector.StartAsync();
        await using var app = await LocalApp.StartAsync(
            data, [.. collector.Settings, ("Saga__UndoAttempts", "2"), ("Logging__LogLevel__BookingFunctions", "Debug")]);

        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await OtlpCollector.UntilAsync(
            () => collector.Logs.Any(log => log.Message.Contains("needs attention", StringComparison.Ordinal)),
            () => string.Join('\n', collector.Logs.Select(log => log.Message)));

        var ofTrip = collector.Logs.Where(log => log.Message.Contains(trip.Id[^10..], StringComparison.Ordinal)
            && !log.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ToList();
        Assert.Contains(ofTrip, log => log.Category == "LocalFunctionsHost.Worker.FunctionLog");
        Assert.All(ofTrip, log => Assert.Equal(
            trip.Id[^10..], log.Attributes.GetValueOrDefault(log.Category.StartsWith("BookingFunctions", StringComparison.Ordinal) ? "Trip" : "Instance")));
        var alarm = Assert.Single(ofTrip, log => log.Message.Contains("needs attention", StringComparison.Ordinal));
        Assert.Equal("Error", alarm.Severity);
        Assert.Contains("The hotel could not be undone", alarm.Message, StringComparison.Ordinal);
        // What Azure's alerts look for is what is told.
        var alerts = await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "modules", "alerts.bicep"));
        Assert.Contains(Assert.Single(Sought(alerts, "Message has")), alarm.Message, StringComparison.Ordinal);
        Assert.Equal(["activity:", "orchestration:"], Sought(alerts, "Name startswith").Order(StringComparer.Ordinal));
        await OtlpCollector.UntilAsync(() => collector.Spans.Any(span => span is { Kind: "Server", IsFailed: true }
            && span.Name.StartsWith("activity:", StringComparison.Ordinal)), () => collector.TreeOf(trip.Id));
        var trace = collector.Spans.First(span => span.Attributes.GetValueOrDefault("durabletask.task.instance_id") == trip.Id[^10..]).TraceId;
        Assert.Equal(trace, alarm.TraceId);
    }

    private static IEnumerable<string> Sought(string queries, string by) =>
        Regex.Matches(queries, $"{by} \"([^\"]+)\"").Select(match => match.Groups[1].Value);

    [Fact]
    public async Task Without_an_endpoint_nothing_is_collected_and_a_wrong_one_is_said_at_the_start()
    {
        using var data = new DataFile();

        var (exitCode, errors) = await LocalApp.RunToEndAsync(data, ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"));

        Assert.Equal(1, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Assert.Single(errors), StringComparison.Ordinal);
    }
}
