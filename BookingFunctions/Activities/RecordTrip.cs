using System.Text.Json;
using BookingFunctions.Saga;
using BookingFunctions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace BookingFunctions.Activities;

/// <summary>Writes to the directory how far a trip has come.</summary>
/// <param name="directory">The directory.</param>
public sealed class RecordTrip(ITripDirectory directory)
{
    /// <summary>The activity. A trip that was started past the API has no row, and gets none.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(nameof(RecordTrip))]
    public Task RunAsync([ActivityTrigger] TripReport report, CancellationToken cancellation) =>
        directory.UpdateAsync(report.TripId, row => Apply(row, report), cancellation);

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
