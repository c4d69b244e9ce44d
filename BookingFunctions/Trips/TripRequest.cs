using System.Text.Json.Serialization;

namespace BookingFunctions.Trips;

/// <summary>What a traveler asks for, in the traveler's own words.</summary>
/// <param name="Name">The traveler's name.</param>
/// <param name="Car">The car to book.</param>
/// <param name="Hotel">The hotel to book.</param>
/// <param name="Flight">The flight to book.</param>
public sealed record TripRequest(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("car")] string Car,
    [property: JsonPropertyName("hotel")] string Hotel,
    [property: JsonPropertyName("flight")] string Flight)
{
    // Of two UTF-16 units each: what the API takes fits.
    private const int MaxCharacters = 2 * 200;

    /// <summary>Whether there is a text for each, short enough to be stored wherever trips are.</summary>
    [JsonIgnore]
    public bool IsComplete => new[] { Name, Car, Hotel, Flight }.All(text => text is { Length: > 0 and <= MaxCharacters });

    /// <summary>What is requested for a leg.</summary>
    /// <param name="leg">The leg.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leg.</exception>
    public string Item(Leg leg) => leg switch
    {
        Leg.Car => Car,
        Leg.Hotel => Hotel,
        Leg.Flight => Flight,
        _ => throw new ArgumentOutOfRangeException(nameof(leg), leg, "A trip has a car, a hotel and a flight."),
    };
}
