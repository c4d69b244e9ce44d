using BookingFunctions.Trips;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>
/// The provider of each leg, and how long a call may take: the section <c>Providers</c>, in the environment
/// <c>Providers__Flight__BaseAddress</c> and so on.
/// </summary>
public sealed class ProviderOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Providers";

    /// <summary>How long a provider may take to answer: above zero and at most a day.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The provider of cars.</summary>
    public ProviderEndpoint Car { get; set; } = new();

    /// <summary>The provider of rooms.</summary>
    public ProviderEndpoint Hotel { get; set; } = new();

    /// <summary>The provider of seats.</summary>
    public ProviderEndpoint Flight { get; set; } = new();

    /// <summary>The provider of a leg.</summary>
    /// <param name="leg">The leg.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leg.</exception>
    public ProviderEndpoint Of(Leg leg) => leg switch
    {
        Leg.Car => Car,
        Leg.Hotel => Hotel,
        Leg.Flight => Flight,
        _ => throw new ArgumentOutOfRangeException(nameof(leg), leg, "A trip has a car, a hotel and a flight."),
    };
}
