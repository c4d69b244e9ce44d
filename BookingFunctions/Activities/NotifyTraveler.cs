using BookingFunctions.Saga;
using BookingFunctions.Trips;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Activities;

/// <summary>Writes a trip's decision to the directory, and notifies its traveler.</summary>
/// <param name="recorder">Writes the decision.</param>
/// <param name="notifier">Passes the message on.</param>
/// <param name="clock">Says when it was sent.</param>
/// <param name="logger">Logs that it was done.</param>
public sealed partial class NotifyTraveler(
    TripRecorder recorder, TravelerNotifier notifier, TimeProvider clock, ILogger<NotifyTraveler> logger)
{
    /// <summary>The activity.</summary>
    /// <param name="input">The decision.</param>
    /// <param name="client">Knows with what input the trip was started.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    /// <exception cref="NotificationFailedException">The decision is written, and the message was not taken.</exception>
    [Function(ActivityNames.NotifyTraveler)]
    public async Task RunAsync(
        [ActivityTrigger] NotifyTravelerInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (notifier.IsRemote)
        {
            // It may take long, and fail: the decision doesn't wait for that.
            await RecordAsync(NotificationState.Pending);
        }

        await notifier.SendAsync(input, cancellation);
        await RecordAsync(NotificationState.Sent);
        LogNotified(TripId.InLogs(input.TripId), input.Status);

        Task RecordAsync(NotificationState state) => recorder.RecordAsync(
            input.TripId,
            input.Outcome with { Notification = new NotificationStatus(state, clock.GetUtcNow()) },
            input.At,
            client,
            cancellation);
    }

    [LoggerMessage(1, LogLevel.Information, "The traveler of {Trip} was notified: {Status}.")]
    partial void LogNotified(string trip, TripState status);
}
