using System.Text.Json.Serialization;

namespace BookingFunctions.Storage;

/// <summary>What has become of a reservation id.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReservationState>))]
public enum ReservationState
{
    /// <summary>Tried, but nothing is held under the id yet.</summary>
    Attempted,

    /// <summary>Something is held for the traveler.</summary>
    Booked,

    /// <summary>Nothing is held, and nothing ever will be under this id.</summary>
    Undone,
}
