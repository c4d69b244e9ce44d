using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>Whether the traveler was notified how the trip ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotificationState>))]
public enum NotificationState
{
    /// <summary>Not yet.</summary>
    Pending,

    /// <summary>The message was taken, by the operator's service or by the outbox.</summary>
    Sent,

    /// <summary>It was refused or given up.</summary>
    Failed,
}
