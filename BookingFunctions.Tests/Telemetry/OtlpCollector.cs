using System.Collections.Concurrent;
using BookingFunctions.Http;
using BookingFunctions.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry's protocol over HTTP, on a port of its own, that keeps what it is sent.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<CollectedSpan> spans = [];
    private readonly ConcurrentQueue<CollectedLog> logs = [];
    private readonly ConcurrentDictionary<string, CollectedPoint> points = [];

    private OtlpCollector()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/v1/traces", http => ReadAsync(http, message =>
        {
            foreach (var span in CollectedSpan.ReadAll(message))
            {
                spans.Enqueue(span);
            }
        }));
        app.MapPost("/v1/logs", http => ReadAsync(http, message =>
        {
            foreach (var log in CollectedLog.ReadAll(message))
            {
                logs.Enqueue(log);
            }
        }));
        app.MapPost("/v1/metrics", http => ReadAsync(http, message =>
        {
            foreach (var point in CollectedPoint.ReadAll(message))
            {
                points[point.Series] = point;
            }
        }));
    }

    public IReadOnlyList<CollectedSpan> Spans => [.. spans];

    public IReadOnlyList<CollectedLog> Logs => [.. logs];

    /// <summary>The latest point of each series of metrics.</summary>
    public IReadOnlyDictionary<string, CollectedPoint> Points => points;

    /// <summary>What tells an application to send everything here, at once.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "50"),
        ("OTEL_BLRP_SCHEDULE_DELAY", "50"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "100"),

        // No call is cut off, however busy the machine is: what is told is what the test has asked for.
        ("Saga__LegTimeout", "00:05:00"),
    ];

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>Waits until what was sent is as it should be.</summary>
    /// <param name="isThere">Whether it is.</param>
    /// <param name="describe">Says what is there instead.</param>
    public static async Task UntilAsync(Func<bool> isThere, Func<string> describe)
    {
        using var patience = new CancellationTokenSource(LocalApp.Patience);
        while (!isThere())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited in vain; what was sent is:\n{describe()}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>The spans of the trace that an instance belongs to, as a tree, a line each; siblings in order of their names.</summary>
    /// <param name="instanceId">The instance.</param>
    public string TreeOf(string instanceId)
    {
        var trace = Spans.FirstOrDefault(span => span.Attributes.GetValueOrDefault("durabletask.task.instance_id") == TripId.InLogs(instanceId))?.TraceId;
        var all = Spans.Where(span => span.TraceId == trace).ToList();
        var ids = all.Select(span => span.Id).ToHashSet();
        return string.Join('\n', all.Where(span => !ids.Contains(span.ParentId)).OrderBy(span => span.Name, StringComparer.Ordinal).SelectMany(span => Below(span, "")));

        IEnumerable<string> Below(CollectedSpan span, string indent) => all
            .Where(child => child.ParentId == span.Id)
            .OrderBy(child => child.Name, StringComparer.Ordinal)
            .SelectMany(child => Below(child, indent + "  "))
            .Prepend($"{indent}{span.Name} {span.Kind}{(span.IsFailed ? " failed" : "")}");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static async Task ReadAsync(HttpContext http, Action<ProtoMessage> keep)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        keep(new ProtoMessage(body.ToArray()));
    }
}
