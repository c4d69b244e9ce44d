using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using BookingFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Writes to the directory how far a trip has come.</summary>
/// <param name="directory">The directory.</param>
/// <param name="telemetry">Told of what has changed.</param>
public sealed class RecordTrip(ITripDirectory directory, TripTelemetry telemetry)
{
    /// <summary>The activity. A trip that was started past the API has no row, and gets none.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(nameof(RecordTrip))]
    public async Task RunAsync([ActivityTrigger] TripReport report, CancellationToken cancellation)
    {
        TripEntry? before = null;
        var after = await directory.UpdateAsync(report.TripId, row => Apply(before = row, report), cancellation);
        telemetry.Recorded(report, before, after);
    }

    // An activity may run late and again: a trip that is cancelled isn't confirmed after that.
    private static TripEntry Apply(TripEntry row, TripReport report) => row.Status.IsAfter(report.Status.Status)
        ? row
        : row with
        {
            Status = report.Status.Status,
            Reason = report.Status.Reason,
            IsStarted = true,
            UpdatedAt = report.At,
            Outcome = JsonSerializer.Serialize(report.Status),
        };
}
