using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>How far a trip has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TripState>))]
public enum TripState
{
    /// <summary>Its legs are being booked.</summary>
    Booking,

    /// <summary>Decided: every leg is booked.</summary>
    Confirmed,

    /// <summary>A leg could not be booked; what was booked is being undone.</summary>
    RollingBack,

    /// <summary>Decided: no leg is booked, or ever will be.</summary>
    Cancelled,

    /// <summary>A leg can't be undone without an operator.</summary>
    NeedsAttention,
}
