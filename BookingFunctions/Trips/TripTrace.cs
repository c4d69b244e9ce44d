using System.Diagnostics;
using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>
/// The trace of the request that started a trip, as W3C's headers write it. It travels with the trip, so that calls made long after,
/// and after restarts, belong to the same trace.
/// </summary>
/// <param name="Parent">The header <c>traceparent</c>.</param>
/// <param name="State">The header <c>tracestate</c>; null for none.</param>
public sealed record TripTrace(
    [property: JsonPropertyName("parent")] string Parent,
    [property: JsonPropertyName("state"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? State = null)
{
    /// <summary>The trace of what runs now; null if there is none.</summary>
    public static TripTrace? Current =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity ? new(id, activity.TraceStateString) : null;

    /// <summary>Adds the headers to a request, unless the request belongs to the trace anyway.</summary>
    /// <param name="request">The request.</param>
    public void AddTo(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ActivityContext.TryParse(Parent, State, out var trip) || Activity.Current?.TraceId == trip.TraceId)
        {
            return;
        }

        request.Headers.Add("traceparent", Parent);
        if (!string.IsNullOrEmpty(State))
        {
            request.Headers.TryAddWithoutValidation("tracestate", State);
        }
    }
}
