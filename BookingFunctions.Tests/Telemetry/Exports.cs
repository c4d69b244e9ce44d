using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>What a host exports, by OpenTelemetry's exporters to memory.</summary>
internal sealed class Exports
{
    private readonly Kept<Activity> spans = [];
    private readonly Kept<LogRecord> logs = [];
    private readonly Kept<MetricSnapshot> metrics = [];

    public IReadOnlyList<Activity> Spans => spans.Now;

    public IReadOnlyList<LogRecord> Logs => logs.Now;

    public IReadOnlyList<MetricSnapshot> Metrics => metrics.Now;

    /// <summary>All texts in it: names, messages, attributes, scopes, exceptions, events.</summary>
    public IReadOnlyList<string> Texts => [.. Spans.SelectMany(TextsOf), .. Logs.SelectMany(TextsOf), .. Metrics.SelectMany(TextsOf)];

    /// <summary>Adds the exporters to a host's telemetry, behind what the host has already.</summary>
    public void AddTo(IServiceCollection services) => services.AddOpenTelemetry()
        .WithTracing(traces => traces.AddInMemoryExporter(spans))
        .WithLogging(records => records.AddInMemoryExporter(logs))
        .WithMetrics(measured => measured.AddInMemoryExporter(metrics));

    private static IEnumerable<string> TextsOf(Activity span) =>
    [
        span.DisplayName,
        span.StatusDescription ?? "",
        span.TraceStateString ?? "",
        .. TextsOf(span.TagObjects),
        .. TextsOf(span.Baggage.Select(Boxed)),
        .. span.Events.SelectMany(happened => TextsOf(happened.Tags).Append(happened.Name)),
        .. span.Links.SelectMany(link => TextsOf(link.Tags ?? [])),
    ];

    private static List<string> TextsOf(LogRecord log)
    {
        List<string> texts =
        [
            log.CategoryName ?? "",
            log.FormattedMessage ?? "",
            log.Body ?? "",
            log.Exception?.ToString() ?? "",
            .. TextsOf(log.Attributes ?? []),
        ];
        log.ForEachScope(static (scope, list) => list.AddRange(TextsOf(scope)), texts);
        return texts;
    }

    private static IEnumerable<string> TextsOf(MetricSnapshot metric) =>
        metric.MetricPoints.SelectMany(point =>
        {
            var texts = new List<string> { metric.Name, metric.Description };
            foreach (var (name, value) in point.Tags)
            {
                texts.Add($"{name}={value}");
            }

            return texts;
        });

    private static IEnumerable<string> TextsOf(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.Select(tag => $"{tag.Key}={tag.Value}");

    private static List<string> TextsOf(LogRecordScope scope)
    {
        var texts = new List<string> { $"{scope.Scope}" };
        foreach (var (name, value) in scope)
        {
            texts.Add($"{name}={value}");
        }

        return texts;
    }

    private static KeyValuePair<string, object?> Boxed(KeyValuePair<string, string?> tag) => new(tag.Key, tag.Value);
}
