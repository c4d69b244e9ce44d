using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Activities;

/// <summary>Writes to the directory how far a trip has come.</summary>
/// <param name="directory">The directory.</param>
/// <param name="waiters">Ends the waits for the trip.</param>
/// <param name="telemetry">Records what has changed.</param>
public sealed class RecordTrip(ITripDirectory directory, TripWaiters waiters, TripTelemetry telemetry)
{
    /// <summary>The activity. A trip whose orchestration was started directly has no row yet, and gets one.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="client">Knows with what input the trip was started.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.RecordTrip)]
    public async Task RunAsync([ActivityTrigger] RecordTripInput report, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        // A waiting request needs a durable write; otherwise the activity's outcome makes it durable.
        TripRow? before = null;
        var isAwaited = waiters.Has(report.TripId);
        var after = await WriteAsync();
        if (after is null
            && await client.GetInstanceAsync(report.TripId, getInputsAndOutputs: true, cancellation) is { } instance
            && TripReader.RowOf(instance) is { } missing)
        {
            await directory.AddAsync(missing, cancellation);
            after = await WriteAsync();
        }

        telemetry.Recorded(report.TripId, report.Status, report.At, before, after);
        if (isAwaited)
        {
            waiters.Signal(report.TripId);
        }

        Task<TripRow?> WriteAsync() => isAwaited
            ? directory.UpdateAsync(report.TripId, row => Apply(before = row, report), cancellation)
            : directory.RecordAsync(report.TripId, row => Apply(before = row, report), cancellation);
    }

    // An activity may run late and again: a trip that is cancelled isn't confirmed after that. Only one that was seen to be ended
    // from outside may have gone on since.
    private static TripRow Apply(TripRow row, RecordTripInput report)
    {
        var changed = row with
        {
            Status = report.Status.Status,
            Reason = report.Status.Reason,
            IsStarted = true,
            UpdatedAt = report.At,
            Outcome = JsonSerializer.Serialize(report.Status),
        };
        return row.Status.IsAfter(changed.Status) && !(row.Status == TripState.NeedsAttention && changed.UpdatedAt > row.UpdatedAt) ? row : changed;
    }
}
