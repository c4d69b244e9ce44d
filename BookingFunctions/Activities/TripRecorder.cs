using System.Text.Json;
using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Reading;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Activities;

/// <summary>Writes to the directory how far a trip has come. It is safe to repeat, also late.</summary>
/// <param name="directory">The directory.</param>
/// <param name="waiters">Ends the waits for the trip.</param>
/// <param name="telemetry">Records what has changed.</param>
public sealed class TripRecorder(ITripDirectory directory, TripWaiters waiters, TripTelemetry telemetry)
{
    /// <summary>Writes. A trip whose orchestration was started directly has no row yet, and gets one.</summary>
    /// <param name="tripId">The trip's id.</param>
    /// <param name="status">How far it has come.</param>
    /// <param name="at">When it came to that.</param>
    /// <param name="client">Knows with what input the trip was started.</param>
    /// <param name="cancellation">Ends the wait; it may be written all the same.</param>
    public async Task RecordAsync(
        string tripId, TripStatus status, DateTimeOffset at, DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);

        // A waiting request needs a durable write; otherwise the activity's outcome makes it durable.
        TripRow? before = null;
        var isAwaited = waiters.Has(tripId);
        var after = await WriteAsync();
        if (after is null
            && await client.GetInstanceAsync(tripId, getInputsAndOutputs: true, cancellation) is { } instance
            && TripReader.RowOf(instance) is { } missing)
        {
            await directory.AddAsync(missing, cancellation);
            after = await WriteAsync();
        }

        telemetry.Recorded(tripId, status, at, before, after);
        if (isAwaited)
        {
            waiters.Signal(tripId);
        }

        Task<TripRow?> WriteAsync() => isAwaited
            ? directory.UpdateAsync(tripId, row => Apply(before = row, status, at), cancellation)
            : directory.RecordAsync(tripId, row => Apply(before = row, status, at), cancellation);
    }

    // An activity may run late and again: a trip that is cancelled isn't confirmed after that. Only one that was seen to be ended
    // from outside may have gone on since.
    private static TripRow Apply(TripRow row, TripStatus status, DateTimeOffset at)
    {
        var changed = row with
        {
            Status = status.Status,
            Reason = status.Reason,
            IsStarted = true,
            UpdatedAt = at,
            Outcome = JsonSerializer.Serialize(status),
        };
        return row.Status.IsAfter(changed.Status) && !(row.Status == TripState.NeedsAttention && changed.UpdatedAt > row.UpdatedAt)
            ? row
            : changed;
    }
}
