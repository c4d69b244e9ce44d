using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace BookingFunctions.Tests.Telemetry;

/// <summary>Records the framework's spans of one trace, whose root it is, and of no other test's.</summary>
internal sealed class RecordedTrace : IDisposable
{
    private readonly Kept<Activity> spans = [];
    private readonly TracerProvider provider;

    public RecordedTrace()
    {
        Root = new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        provider = Sdk.CreateTracerProviderBuilder()
            .AddSource("DurableTask.Core")
            .SetSampler(new ParentBasedSampler(new AlwaysOffSampler()))
            .AddInMemoryExporter(spans)
            .Build();
    }

    /// <summary>The root, which is the current span of the test.</summary>
    public Activity Root { get; }

    /// <summary>The spans that have ended.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans.Now.Where(span => span.TraceId == Root.TraceId)];

    /// <summary>Expects the spans to be this tree, as soon as all have ended.</summary>
    /// <param name="tree">As <see cref="SpanTree"/> writes it.</param>
    public async Task ExpectAsync(string tree)
    {
        for (var look = 0; SpanTree.Of(Spans) != tree && look < 100; look++)
        {
            await Task.Delay(20);
        }

        Assert.Equal(tree, SpanTree.Of(Spans));
    }

    public void Dispose()
    {
        provider.Dispose();
        Root.Dispose();
    }
}
