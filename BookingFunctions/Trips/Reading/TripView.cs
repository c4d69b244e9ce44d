using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Reading;

/// <summary>A trip, as the API shows it.</summary>
/// <param name="Id">Its id, which is its confirmation number.</param>
/// <param name="Name">The traveler's name.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Reason">Why it is not just being booked or confirmed; null if it is.</param>
/// <param name="CreatedAt">When it was requested.</param>
/// <param name="LastUpdatedAt">When it last changed.</param>
/// <param name="Legs">The car, the hotel and the flight.</param>
/// <param name="Notification">What became of the message to the traveler; null while the trip is undecided.</param>
public sealed record TripView(
    string Id,
    string? Name,
    TripState Status,
    string? Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUpdatedAt,
    IReadOnlyList<LegView> Legs,
    NotificationStatus? Notification = null)
{
    /// <summary>Whether it is known how the trip ends.</summary>
    [JsonIgnore]
    public bool IsDecided => Status is TripState.Confirmed or TripState.Cancelled;

    /// <summary>Shows a trip of which nothing but its orchestration is known.</summary>
    /// <param name="instance">The orchestration, with its input.</param>
    public static TripView Of(OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Of(new TripSources(instance.InstanceId, instance, null, null));
    }

    /// <summary>Shows a trip.</summary>
    /// <param name="facts">What is known of it.</param>
    public static TripView Of(TripSources facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var status = facts.Status;
        var trip = facts.Plan?.Trip;
        return new TripView(
            facts.Id,
            trip?.Name ?? facts.Entry?.Name,
            status.Status,
            status.Reason,
            facts.CreatedAt,
            facts.LastUpdatedAt,
            [.. status.Legs.Select(leg => LegView.Of(leg, trip))],
            status.Notification);
    }
}
