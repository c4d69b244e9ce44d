using BookingFunctions.Saga;
using BookingFunctions.Trips;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Activities;

/// <summary>Notifies a traveler how the trip ended.</summary>
/// <param name="post">Passes the message on.</param>
/// <param name="logger">Logs that it was done.</param>
public sealed partial class NotifyTraveler(TravelerNotifier post, ILogger<NotifyTraveler> logger)
{
    /// <summary>The activity.</summary>
    /// <param name="input">The notification.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.NotifyTraveler)]
    public async Task RunAsync([ActivityTrigger] NotifyTravelerInput input, CancellationToken cancellation)
    {
        await post.SendAsync(input, cancellation);
        LogNotified(TripId.InLogs(input.TripId), input.Status);
    }

    [LoggerMessage(1, LogLevel.Information, "The traveler of {Trip} was notified: {Status}.")]
    partial void LogNotified(string trip, TripState status);
}
