using BookingFunctions.Trips;

namespace BookingFunctions.Travel;

/// <summary>
/// How many of each name the built-in provider has: the section <c>Inventory</c>, in the environment <c>Inventory__Car</c>
/// and so on. Names that differ in letter case only, or in the blanks around them, are one.
/// </summary>
public sealed class InventoryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Inventory";

    /// <summary>Cars of each name: from 0 to 1,000,000,000.</summary>
    public int Car { get; set; } = 1000;

    /// <summary>Rooms of each hotel: from 0 to 1,000,000,000.</summary>
    public int Hotel { get; set; } = 1000;

    /// <summary>Seats of each flight: from 0 to 1,000,000,000.</summary>
    public int Flight { get; set; } = 1000;

    /// <summary>How many there are of each name on a leg.</summary>
    /// <param name="leg">The leg.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leg.</exception>
    public int Of(Leg leg) => leg switch
    {
        Leg.Car => Car,
        Leg.Hotel => Hotel,
        Leg.Flight => Flight,
        _ => throw new ArgumentOutOfRangeException(nameof(leg), leg, "A trip has a car, a hotel and a flight."),
    };
}
