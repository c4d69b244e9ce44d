namespace BookingFunctions.Trips;

/// <summary>The names of legs in ids, addresses, texts and telemetry.</summary>
public static class LegNames
{
    /// <summary>Names a leg, as JSON does: <c>car</c>, <c>hotel</c> or <c>flight</c>.</summary>
    /// <param name="leg">The leg.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leg.</exception>
    public static string ToName(this Leg leg) => leg switch
    {
        Leg.Car => "car",
        Leg.Hotel => "hotel",
        Leg.Flight => "flight",
        _ => throw new ArgumentOutOfRangeException(nameof(leg), leg, "A trip has a car, a hotel and a flight."),
    };
}
