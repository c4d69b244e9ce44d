using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>A part of a trip that is booked on its own, in the order in which a trip books them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Leg>))]
public enum Leg
{
    /// <summary>The car.</summary>
    [JsonStringEnumMemberName("car")]
    Car,

    /// <summary>The hotel.</summary>
    [JsonStringEnumMemberName("hotel")]
    Hotel,

    /// <summary>The flight.</summary>
    [JsonStringEnumMemberName("flight")]
    Flight,
}
