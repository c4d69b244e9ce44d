using System.Diagnostics;
using System.Diagnostics.Metrics;
using BookingFunctions.Activities;
using BookingFunctions.Http;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Travel;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Telemetry;

/// <summary>
/// What the app tells of its trips: metrics, the spans of the calls to providers, and the log line that operators are alerted by.
/// It is told what has happened and is written down, by activities and requests: an orchestrator, which is replayed, tells nothing.
/// </summary>
public sealed partial class TripTelemetry
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "BookingFunctions";

    private const string LegTag = "trips.leg";
    private const string OperationTag = "trips.leg.operation";
    private const string OutcomeTag = "trips.outcome";
    private const string ErrorTag = "error.type";

    private static readonly ActivitySource Source = new(Name);

    private readonly ILogger<TripTelemetry> logger;
    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> legDuration;
    private readonly Counter<long> retries;
    private readonly Counter<long> compensations;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter, named <see cref="Name"/>.</param>
    /// <param name="logger">Told what becomes of trips.</param>
    public TripTelemetry(Meter meter, ILogger<TripTelemetry> logger)
    {
        ArgumentNullException.ThrowIfNull(meter);
        this.logger = logger;
        started = meter.CreateCounter<long>("trips.started", "{trip}", "Trips that were started.");
        ended = meter.CreateCounter<long>("trips.ended", "{trip}", "Trips that were decided, by outcome. One that is cancelled after it was confirmed counts as both.");
        duration = meter.CreateHistogram(
            "trips.duration", "s", "From a trip's order to its decision.", advice: Buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200));
        legDuration = meter.CreateHistogram(
            "trips.leg.duration", "s", "A call to a provider, one of the attempts to book or undo a leg.",
            advice: Buckets(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10));
        retries = meter.CreateCounter<long>("trips.leg.retries", "{retry}", "Attempts to book a leg after the first one, of trips that are decided or rolled back.");
        compensations = meter.CreateCounter<long>("trips.compensations", "{compensation}", "Legs of cancelled trips that were undone, or whose undo an operator has skipped.");
    }

    /// <summary>A trip's orchestration was started.</summary>
    public void Started() => started.Add(1);

    /// <summary>A trip was written to the directory. Only what that has changed is told, so that a repeated activity tells nothing again.</summary>
    /// <param name="report">What was to be written.</param>
    /// <param name="before">The row before; null if the trip has none, because it was started past the API.</param>
    /// <param name="after">The row now; null if the trip has none.</param>
    public void Recorded(TripReport report, TripEntry? before, TripEntry? after)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (before is null || after is null)
        {
            Log(report);
            return;
        }

        if (before.Status == after.Status)
        {
            return;
        }

        Log(report);
        if (before.Status == TripState.Booking)
        {
            CountRetries(report.Status);
        }

        if (report.Status.IsDecided)
        {
            CountEnd(report, before.CreatedAt);
        }
    }

    /// <summary>Begins the span of a call to a provider.</summary>
    /// <param name="booking">The leg.</param>
    /// <param name="operation">What is done: <c>book</c> or <c>undo</c>.</param>
    /// <returns>The span, to be disposed; null if nobody listens.</returns>
    public static Activity? StartCall(Booking booking, string operation)
    {
        ArgumentNullException.ThrowIfNull(booking);
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"{operation} {LegName(booking.Leg)}");
        span?.SetTag("trips.id", Booking.TripIdOf(booking.ReservationId, booking.Leg) is { } id ? TripId.InLogs(id) : null);
        span?.SetTag(LegTag, LegName(booking.Leg));
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
        var tags = new TagList { { LegTag, LegName(leg) }, { OperationTag, operation } };
        if (failure is not null)
        {
            var type = failure.GetType().FullName;
            tags.Add(ErrorTag, type);
            span?.SetTag(ErrorTag, type);

            // Without its text, which may be the supplier's.
            span?.SetStatus(ActivityStatusCode.Error);
        }

        legDuration.Record(took.TotalSeconds, tags);
    }

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };

    private static string LegName(Leg leg) => leg switch
    {
        Leg.Car => "car",
        Leg.Hotel => "hotel",
        _ => "flight",
    };

    private void CountRetries(TripStatus trip)
    {
        foreach (var leg in trip.Legs.Where(leg => leg.Attempt > 1))
        {
            retries.Add(leg.Attempt - 1, new KeyValuePair<string, object?>(LegTag, LegName(leg.Leg)));
        }
    }

    private void CountEnd(TripReport report, DateTimeOffset createdAt)
    {
        var outcome = new KeyValuePair<string, object?>(OutcomeTag, report.Status.Status == TripState.Confirmed ? "confirmed" : "cancelled");
        var failure = report.Status.Legs.FirstOrDefault(leg => leg.State == LegState.Failed)?.Error?.Type;
        if (failure is null)
        {
            ended.Add(1, outcome);
        }
        else
        {
            ended.Add(1, outcome, new KeyValuePair<string, object?>(ErrorTag, failure));
        }

        duration.Record(Math.Max(0, (report.At - createdAt).TotalSeconds), outcome);
        foreach (var leg in report.Status.Legs.Where(leg => leg.State is LegState.Undone or LegState.UndoFailed))
        {
            compensations.Add(
                1,
                new KeyValuePair<string, object?>(LegTag, LegName(leg.Leg)),
                new KeyValuePair<string, object?>("trips.compensation.outcome", leg.State == LegState.Undone ? "undone" : "skipped"));
        }
    }

    private void Log(TripReport report)
    {
        var trip = TripId.InLogs(report.TripId);
        switch (report.Status.Status)
        {
            case TripState.NeedsAttention:
                LogNeedsAttention(trip, WhatIsLeft(report.Status));
                break;
            case TripState.RollingBack:
                LogRollingBack(trip);
                break;
            default:
                LogState(trip, report.Status.Status);
                break;
        }
    }

    private static string WhatIsLeft(TripStatus trip) => string.Join(' ', trip.Legs
        .Where(leg => leg is { State: LegState.UndoFailed, Skipped: null })
        .Select(leg => $"The {LegName(leg.Leg)} could not be undone ({leg.Error?.Type})."));

    // Operators are alerted by this line: infra/modules/alerts.bicep looks for its words.
    [LoggerMessage(1, LogLevel.Error, "The trip {Trip} needs attention. {WhatIsLeft} Decide by POST /api/trips/{{id}}/legs/{{leg}}/undo.")]
    private partial void LogNeedsAttention(string trip, string whatIsLeft);

    [LoggerMessage(2, LogLevel.Information, "The trip {Trip} is rolled back.")]
    private partial void LogRollingBack(string trip);

    [LoggerMessage(3, LogLevel.Debug, "The trip {Trip} is {Status}.")]
    private partial void LogState(string trip, TripState status);
}
