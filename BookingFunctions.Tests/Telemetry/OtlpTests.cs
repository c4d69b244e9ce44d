using System.Collections.Concurrent;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Where the program sends its telemetry.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Traces_metrics_and_logs_go_to_where_the_setting_says()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var collector = builder.Build();
        var paths = new ConcurrentDictionary<string, bool>();
        collector.Run(http =>
        {
            paths[http.Request.Path] = true;
            return Task.CompletedTask;
        });
        await collector.StartAsync();
        using var data = new DataFile();
        await using (var app = await LocalApp.StartAsync(
            data, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            await app.BookAsync(new TripRequest { Flight = "Invalid 123" });
            await app.StopAsync();
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], paths.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_endpoint_that_is_no_address_is_refused_at_the_start()
    {
        using var data = new DataFile();

        var (exitCode, errors) = await LocalApp.RunToEndAsync(data, ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"));

        Assert.Equal(1, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", Assert.Single(errors), StringComparison.Ordinal);
    }
}
