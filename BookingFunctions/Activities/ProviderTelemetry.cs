using System.Diagnostics;
using System.Diagnostics.Metrics;
using BookingFunctions.Travel;
using BookingFunctions.Trips;

namespace BookingFunctions.Activities;

/// <summary>The spans and the metric of the calls to providers.</summary>
/// <param name="meter">The meter, named <see cref="TripTelemetry.Name"/>.</param>
public sealed class ProviderTelemetry(Meter meter)
{
    private const string LegTag = "trips.leg";
    private const string OperationTag = "trips.leg.operation";
    private const string ErrorTag = "error.type";

    private static readonly ActivitySource Source = new(TripTelemetry.Name);

    private readonly Histogram<double> duration = meter.CreateHistogram(
        "trips.leg.duration",
        "s",
        "A call to a provider, one of the attempts to book or undo a leg.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        });

    /// <summary>Begins the span of a call to a provider.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="operation">What is done: <c>book</c> or <c>undo</c>.</param>
    /// <returns>The span, to be disposed; null if there is no listener.</returns>
    public static Activity? StartCall(Booking booking, string operation)
    {
        ArgumentNullException.ThrowIfNull(booking);
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"{operation} {booking.Leg.ToName()}");
        span?.SetTag("trips.id", Booking.TripIdOf(booking.ReservationId, booking.Leg) is { } id ? TripId.InLogs(id) : null);
        span?.SetTag(LegTag, booking.Leg.ToName());
        span?.SetTag(OperationTag, operation);
        return span;
    }

    /// <summary>A call to a provider has come to an end.</summary>
    /// <param name="leg">The leg.</param>
    /// <param name="operation">What was done: <c>book</c> or <c>undo</c>.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="failure">Why it failed; null if it succeeded.</param>
    /// <param name="span">Its span; null if it has none.</param>
    public void CallEnded(Leg leg, string operation, TimeSpan took, Exception? failure, Activity? span)
    {
        var tags = new TagList { { LegTag, leg.ToName() }, { OperationTag, operation } };
        if (failure is not null)
        {
            var type = failure.GetType().FullName;
            tags.Add(ErrorTag, type);
            span?.SetTag(ErrorTag, type);

            // Without its text, which may be the supplier's.
            span?.SetStatus(ActivityStatusCode.Error);
        }

        duration.Record(took.TotalSeconds, tags);
    }
}
