using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Local.WhatIf;

/// <summary>A leg's supplier, and the condition that it is put into.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Condition">Its condition.</param>
/// <param name="Seconds">How much longer its calls take, from 1 to 60; null unless it is slow.</param>
/// <param name="Since">When it was made so; null if it is healthy.</param>
public sealed record Supplier(
    [property: JsonPropertyName("leg")] Leg Leg,
    [property: JsonPropertyName("condition")] SupplierCondition Condition,
    [property: JsonPropertyName("seconds")] int? Seconds,
    [property: JsonPropertyName("since")] DateTimeOffset? Since)
{
    /// <summary>The longest that its calls are slowed down by, in seconds.</summary>
    public const int MaxSeconds = 60;

    /// <summary>A healthy supplier.</summary>
    /// <param name="leg">The leg.</param>
    public static Supplier Healthy(Leg leg) => new(leg, SupplierCondition.Healthy, null, null);
}
