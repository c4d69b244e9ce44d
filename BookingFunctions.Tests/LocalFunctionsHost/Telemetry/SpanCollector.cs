using System.Collections.Concurrent;
using System.Diagnostics;

namespace BookingFunctions.Tests.LocalFunctionsHost.Telemetry;

/// <summary>Collects the spans of one trace, whose root it is.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> spans = [];
    private readonly ActivityListener listener;

    public SpanCollector()
    {
        Root = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.Length > 0,

            // Other tests run at the same time: theirs are other traces.
            Sample = (ref options) => options.Parent.TraceId == Root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == Root.TraceId)
                {
                    spans.Enqueue(span);
                }
            },
        };
    }

    /// <summary>Begins to collect, as an exporter does: after what has to listen before it.</summary>
    public void Listen() => ActivitySource.AddActivityListener(listener);

    /// <summary>The root, which is the current span of the test.</summary>
    public Activity Root { get; }

    /// <summary>The spans so far.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans];

    /// <summary>The spans as a tree, a line each, with the kind of each; siblings in order of their names.</summary>
    public string Tree() => string.Join('\n', Below(Root.SpanId, ""));

    public void Dispose()
    {
        listener.Dispose();
        Root.Dispose();
    }

    private IEnumerable<string> Below(ActivitySpanId parent, string indent) => Spans
        .Where(span => span.ParentSpanId == parent)
        .OrderBy(span => span.DisplayName, StringComparer.Ordinal)
        .SelectMany(span => Below(span.SpanId, indent + "  ").Prepend(
            $"{indent}{span.DisplayName} {span.Kind}{(span.Status == ActivityStatusCode.Error ? " failed" : "")}"));
}
