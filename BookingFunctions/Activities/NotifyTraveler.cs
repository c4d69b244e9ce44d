using BookingFunctions.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Activities;

/// <summary>Tells a traveler how the trip ended, once that is decided.</summary>
/// <param name="logger">Stands in for a letter.</param>
public sealed partial class NotifyTraveler(ILogger<NotifyTraveler> logger)
{
    /// <summary>The activity.</summary>
    /// <param name="notice">What to tell.</param>
    [Function(nameof(NotifyTraveler))]
    public void Run([ActivityTrigger] TripNotice notice)
    {
        if (notice.Status == TripState.Confirmed)
        {
            LogConfirmed(notice.TripId, notice.Name);
        }
        else
        {
            LogCancelled(notice.TripId, notice.Name);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Dear {Name}, your trip {TripId} is booked.")]
    partial void LogConfirmed(string tripId, string name);

    [LoggerMessage(2, LogLevel.Information, "Dear {Name}, your trip {TripId} could not be booked, and nothing is held for you.")]
    partial void LogCancelled(string tripId, string name);
}
