using System.Diagnostics.Metrics;
using BookingFunctions.Trips.Listing;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Trips;

/// <summary>
/// The metrics of trips, and the log line that operators are alerted by. Only activities and requests record here, and only what is
/// stored already: an orchestrator is replayed.
/// </summary>
public sealed partial class TripTelemetry
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "BookingFunctions";

    private const string LegTag = "trips.leg";
    private const string OutcomeTag = "trips.outcome";
    private const string ErrorTag = "error.type";

    private readonly ILogger<TripTelemetry> logger;
    private readonly Counter<long> started;
    private readonly Counter<long> ended;
    private readonly Histogram<double> duration;
    private readonly Counter<long> retries;
    private readonly Counter<long> compensations;

    /// <summary>Makes the instruments.</summary>
    /// <param name="meter">The meter, named <see cref="Name"/>.</param>
    /// <param name="logger">Logs the states of trips.</param>
    public TripTelemetry(Meter meter, ILogger<TripTelemetry> logger)
    {
        ArgumentNullException.ThrowIfNull(meter);
        this.logger = logger;
        started = meter.CreateCounter<long>("trips.started", "{trip}", "Trips that were started.");
        ended = meter.CreateCounter<long>(
            "trips.ended",
            "{trip}",
            "Trips that were decided, by outcome. One that is cancelled after it was confirmed counts as both.");
        duration = meter.CreateHistogram(
            "trips.duration",
            "s",
            "From a trip's order to its decision.",
            advice: Buckets(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200));
        retries = meter.CreateCounter<long>(
            "trips.leg.retries",
            "{retry}",
            "Attempts to book a leg after the first one, of trips that are decided or rolled back.");
        compensations = meter.CreateCounter<long>(
            "trips.compensations",
            "{compensation}",
            "Legs of cancelled trips that were undone, or whose undo an operator has skipped.");
    }

    /// <summary>A trip's orchestration was started.</summary>
    public void Started() => started.Add(1);

    /// <summary>A trip was written to the directory. Records only state changes, so repeated activities are not counted twice.</summary>
    /// <param name="tripId">The trip's id.</param>
    /// <param name="status">The status that was to be written.</param>
    /// <param name="at">When the trip came to that.</param>
    /// <param name="before">The row before; null if the trip has none, because its orchestration was started directly.</param>
    /// <param name="after">The row now; null if the trip has none.</param>
    public void Recorded(string tripId, TripStatus status, DateTimeOffset at, TripRow? before, TripRow? after)
    {
        ArgumentNullException.ThrowIfNull(tripId);
        ArgumentNullException.ThrowIfNull(status);
        if (before is null || after is null)
        {
            Log(tripId, status);
            return;
        }

        if (before.Status == after.Status)
        {
            return;
        }

        Log(tripId, status);
        if (before.Status == TripState.Booking)
        {
            CountRetries(status);
        }

        if (status.IsDecided)
        {
            CountEnd(status, at - before.CreatedAt);
        }
    }

    private static InstrumentAdvice<double> Buckets(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };

    private void CountRetries(TripStatus trip)
    {
        foreach (var leg in trip.Legs.Where(leg => leg.Attempt > 1))
        {
            retries.Add(leg.Attempt - 1, new KeyValuePair<string, object?>(LegTag, leg.Leg.ToName()));
        }
    }

    private void CountEnd(TripStatus trip, TimeSpan took)
    {
        var outcome = new KeyValuePair<string, object?>(OutcomeTag, trip.Status == TripState.Confirmed ? "confirmed" : "cancelled");
        var failure = trip.Legs.FirstOrDefault(leg => leg.State == LegState.Failed)?.Error?.Type;
        if (failure is null)
        {
            ended.Add(1, outcome);
        }
        else
        {
            ended.Add(1, outcome, new KeyValuePair<string, object?>(ErrorTag, failure));
        }

        duration.Record(Math.Max(0, took.TotalSeconds), outcome);
        foreach (var leg in trip.Legs.Where(leg => leg.State is LegState.Undone or LegState.UndoFailed))
        {
            compensations.Add(
                1,
                new KeyValuePair<string, object?>(LegTag, leg.Leg.ToName()),
                new KeyValuePair<string, object?>("trips.compensation.outcome", leg.State == LegState.Undone ? "undone" : "skipped"));
        }
    }

    private void Log(string tripId, TripStatus status)
    {
        var trip = TripId.InLogs(tripId);
        switch (status.Status)
        {
            case TripState.NeedsAttention:
                LogNeedsAttention(trip, WhatIsLeft(status));
                break;
            case TripState.RollingBack:
                LogRollingBack(trip);
                break;
            case TripState.Cancelled:
                LogCancelled(trip);
                break;
            default:
                LogState(trip, status.Status);
                break;
        }
    }

    private static string WhatIsLeft(TripStatus trip) => string.Join(' ', trip.Legs
        .Where(leg => leg is { State: LegState.UndoFailed, Skipped: null })
        .Select(leg => $"The {leg.Leg.ToName()} could not be undone ({leg.Error?.Type})."));

    // Operators are alerted by this line: infra/modules/alerts.bicep looks for its words.
    [LoggerMessage(1, LogLevel.Error, "The trip {Trip} needs attention. {WhatIsLeft} Decide by POST /api/trips/{{id}}/legs/{{leg}}/undo.")]
    private partial void LogNeedsAttention(string trip, string whatIsLeft);

    [LoggerMessage(2, LogLevel.Information, "The trip {Trip} is rolled back.")]
    private partial void LogRollingBack(string trip);

    [LoggerMessage(4, LogLevel.Information, "The trip {Trip} is cancelled.")]
    private partial void LogCancelled(string trip);

    [LoggerMessage(3, LogLevel.Debug, "The trip {Trip} is {Status}.")]
    private partial void LogState(string trip, TripState status);
}
