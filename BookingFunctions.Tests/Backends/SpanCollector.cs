using System.Collections.Concurrent;
using System.Diagnostics;

namespace BookingFunctions.Tests.Backends;

/// <summary>Collects the framework's spans of one trace, whose root it is.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> spans = [];
    private readonly ActivityListener listener;

    public SpanCollector()
    {
        Root = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "DurableTask.Core",

            // Other tests run at the same time: theirs are other traces.
            Sample = (ref options) =>
                options.Parent.TraceId == Root.TraceId ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == Root.TraceId)
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The root, which is the current span of the test.</summary>
    public Activity Root { get; }

    /// <summary>The spans that have ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans];

    /// <summary>The spans as a tree, a line each with its kind, and whether it failed; siblings in the order of their lines.</summary>
    public string Tree() => string.Join('\n', Below(Root.SpanId, ""));

    public void Dispose()
    {
        listener.Dispose();
        Root.Dispose();
    }

    private IEnumerable<string> Below(ActivitySpanId parent, string indent) => Spans
        .Where(span => span.ParentSpanId == parent)
        .Select(span =>
            (Line: $"{indent}{span.DisplayName} {span.Kind}{(span.Status == ActivityStatusCode.Error ? " failed" : "")}", span.SpanId))
        .OrderBy(span => span.Line, StringComparer.Ordinal)
        .SelectMany(span => Below(span.SpanId, indent + "  ").Prepend(span.Line));
}
