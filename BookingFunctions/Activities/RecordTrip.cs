using BookingFunctions.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Activities;

/// <summary>Writes to the directory how far a trip has come that isn't decided yet, or that its traveler could not be notified.</summary>
/// <param name="recorder">Writes it.</param>
public sealed class RecordTrip(TripRecorder recorder)
{
    /// <summary>The activity.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="client">Knows with what input the trip was started.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.RecordTrip)]
    public Task RunAsync([ActivityTrigger] RecordTripInput report, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        return recorder.RecordAsync(report.TripId, report.Status, report.At, client, cancellation);
    }
}
