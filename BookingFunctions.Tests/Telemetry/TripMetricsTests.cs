using System.Globalization;
using System.Text.RegularExpressions;
using BookingFunctions.Tests.EndToEnd;
using BookingFunctions.Tests.Infra;
using BookingFunctions.Tests.Travel.Suppliers;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using TripId = BookingFunctions.Trips.TripId;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>What the application exports of its trips beside their traces: metrics and logs.</summary>
[Collection(ProcessTelemetry.Name)]
public sealed class TripMetricsTests
{
    private readonly Exports exports = new();

    [Fact]
    public async Task Each_thing_that_happens_to_trips_is_counted_once()
    {
        await using var app = await TripHost.StartAsync(exports, ("Saga__UndoAttempts", "2"), ("Providers__Timeout", "00:05:00"));

        await app.BookAsync(new TripRequest());
        await app.BookAsync(new TripRequest { Car = "Flaky Ford" });
        await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
        var stuck = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await Waiting.UntilAsync(() => Measured().Contains("trips.needing_attention{} = 1", StringComparison.Ordinal), Measured);
        await app.SkipUndoAsync(stuck.Id, "hotel");
        await app.UntilAsync(stuck.Id, trip => trip.Status == "Cancelled");

        const string Expected =
            """
            trips.compensations{trips.compensation.outcome=skipped, trips.leg=hotel} = 1 {compensation}
            trips.compensations{trips.compensation.outcome=undone, trips.leg=car} = 2 {compensation}
            trips.compensations{trips.compensation.outcome=undone, trips.leg=hotel} = 1 {compensation}
            trips.duration{trips.outcome=cancelled} = 2 s
            trips.duration{trips.outcome=confirmed} = 2 s
            trips.ended{error.type=BookingFunctions.Travel.InvalidFlightException, trips.outcome=cancelled} = 2 {trip}
            trips.ended{trips.outcome=confirmed} = 2 {trip}
            trips.leg.duration{error.type=BookingFunctions.Travel.InvalidFlightException, trips.leg=flight, trips.leg.operation=book} = 2 s
            trips.leg.duration{error.type=BookingFunctions.Travel.ProviderUnavailableException, trips.leg=car, trips.leg.operation=book} = 5 s
            trips.leg.duration{error.type=BookingFunctions.Travel.ProviderUnavailableException, trips.leg=hotel, trips.leg.operation=undo} = 2 s
            trips.leg.duration{trips.leg=car, trips.leg.operation=book} = 4 s
            trips.leg.duration{trips.leg=car, trips.leg.operation=undo} = 2 s
            trips.leg.duration{trips.leg=flight, trips.leg.operation=book} = 2 s
            trips.leg.duration{trips.leg=flight, trips.leg.operation=undo} = 2 s
            trips.leg.duration{trips.leg=hotel, trips.leg.operation=book} = 4 s
            trips.leg.duration{trips.leg=hotel, trips.leg.operation=undo} = 1 s
            trips.leg.retries{trips.leg=car} = 5 {retry}
            trips.needing_attention{} = 0 {trip}
            trips.started{} = 4 {trip}
            """;
        await Waiting.UntilAsync(() => Measured() == Expected, Measured);

        string Measured()
        {
            app.ForceFlush();
            return string.Join('\n', exports.Metrics.Where(metric => metric.MeterName == "BookingFunctions").SelectMany(Lines)
                .GroupBy(line => line.Series).Select(lines => $"{lines.Key} = {lines.Last().Value}").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_log_line_about_a_trip_has_its_id_as_a_property_and_its_trace()
    {
        await using var app = await TripHost.StartAsync(
            exports,
            ("Saga__UndoAttempts", "2"),
            ("Logging__LogLevel__BookingFunctions", "Debug"),
            ("Logging__LogLevel__LocalFunctionsHost", "Information"));

        var trip = await app.BookAsync(new TripRequest { Hotel = "Stuck Inn", Flight = "Invalid 123" });
        await Waiting.UntilAsync(
            () => exports.Logs.Any(log => log.FormattedMessage!.Contains("needs attention", StringComparison.Ordinal)),
            () => string.Join('\n', exports.Logs.Select(log => log.FormattedMessage)));

        var name = TripId.InLogs(trip.Id);
        var ofTrip = exports.Logs.Where(log => log.FormattedMessage!.Contains(name, StringComparison.Ordinal)).ToList();
        var trace = exports.Spans.First(span => span.GetTagItem("trips.id") as string == name).TraceId;
        Assert.Contains(ofTrip, log => log.CategoryName == "LocalFunctionsHost.Worker.FunctionLog");
        Assert.All(ofTrip, log => Assert.Contains(
            log.Attributes!, attribute => attribute.Key is "Trip" or "Instance" && attribute.Value as string == name));
        Assert.All(ofTrip, log => Assert.Equal(trace, log.TraceId));
        var alarm = Assert.Single(ofTrip, log => log.FormattedMessage!.Contains("needs attention", StringComparison.Ordinal));
        Assert.Equal(LogLevel.Error, alarm.LogLevel);
        Assert.Contains("The hotel could not be undone", alarm.FormattedMessage, StringComparison.Ordinal);

        // What Azure's alerts look for is what is exported.
        var alerts = await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "modules", "alerts.bicep"));
        Assert.Contains(Assert.Single(Sought(alerts, "Message has")), alarm.FormattedMessage, StringComparison.Ordinal);
        Assert.Equal(["activity:", "orchestration:"], Sought(alerts, "Name startswith").Order(StringComparer.Ordinal));
        Assert.Contains(exports.Spans, span => span.DisplayName.StartsWith("activity:", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sought(string queries, string by) =>
        Regex.Matches(queries, $"{by} \"([^\"]+)\"").Select(match => match.Groups[1].Value);

    private static IEnumerable<(string Series, string Value)> Lines(MetricSnapshot metric)
    {
        foreach (var point in metric.MetricPoints)
        {
            var tags = new SortedDictionary<string, object?>(StringComparer.Ordinal);
            foreach (var (name, value) in point.Tags)
            {
                tags[name] = value;
            }

            var number = metric.MetricType switch
            {
                MetricType.Histogram => point.GetHistogramCount(),
                MetricType.LongGauge => point.GetGaugeLastValueLong(),
                _ => point.GetSumLong(),
            };
            yield return (
                $"{metric.Name}{{{string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"))}}}",
                string.Create(CultureInfo.InvariantCulture, $"{number} {metric.Unit}"));
        }
    }
}
