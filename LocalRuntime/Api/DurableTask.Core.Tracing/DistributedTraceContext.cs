namespace DurableTask.Core.Tracing;

/// <summary>A W3C trace context.</summary>
public class DistributedTraceContext
{
    /// <summary>Makes a context.</summary>
    /// <param name="traceParent">The <c>traceparent</c>.</param>
    /// <param name="traceState">The <c>tracestate</c>, or null.</param>
    public DistributedTraceContext(string traceParent, string? traceState = null)
    {
        TraceParent = traceParent;
        TraceState = traceState;
    }

    /// <summary>The <c>traceparent</c>.</summary>
    public string TraceParent { get; set; }

    /// <summary>The <c>tracestate</c>, or null.</summary>
    public string? TraceState { get; set; }
}
