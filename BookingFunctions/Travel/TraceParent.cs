using System.Diagnostics;

namespace BookingFunctions.Travel;

/// <summary>
/// The trace that a trip was asked for in, as W3C's header <c>traceparent</c> writes it. It travels with the trip, so that
/// those who are called for it long after, and after restarts, are told the same trace.
/// </summary>
public static class TraceParent
{
    /// <summary>The header's name.</summary>
    public const string Header = "traceparent";

    /// <summary>The trace of what runs now; null if there is none.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    /// <summary>Tells whom a request goes to in which trace it is made, unless that is told anyway.</summary>
    /// <param name="request">The request.</param>
    /// <param name="traceParent">The trip's trace, or null.</param>
    public static void AddTo(HttpRequestMessage request, string? traceParent)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ActivityContext.TryParse(traceParent, null, out var trip) && Activity.Current?.TraceId != trip.TraceId)
        {
            request.Headers.Add(Header, traceParent);
        }
    }
}
