using BookingFunctions.Saga;
using BookingFunctions.Trips;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Activities;

/// <summary>Tells a traveler how the trip ended, once that is decided.</summary>
/// <param name="post">Passes the message on.</param>
/// <param name="logger">Told that it was done.</param>
public sealed partial class NotifyTraveler(TravelerPost post, ILogger<NotifyTraveler> logger)
{
    /// <summary>The activity.</summary>
    /// <param name="notice">What to tell.</param>
    /// <param name="cancellation">Fires when the host stops.</param>
    [Function(ActivityNames.NotifyTraveler)]
    public async Task RunAsync([ActivityTrigger] TripNotice notice, CancellationToken cancellation)
    {
        await post.SendAsync(notice, cancellation);
        LogTold(TripId.InLogs(notice.TripId), notice.Status);
    }

    [LoggerMessage(1, LogLevel.Information, "The traveler of {Trip} is told that it is {Status}.")]
    partial void LogTold(string trip, TripState status);
}
