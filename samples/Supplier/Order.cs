using System.Text.Json.Serialization;

namespace Supplier;

/// <summary>What is to be booked.</summary>
/// <param name="Leg">Which kind of thing: <c>car</c>, <c>hotel</c> or <c>flight</c>.</param>
/// <param name="Item">Its name.</param>
/// <param name="Name">The traveler.</param>
public sealed record Order(
    [property: JsonPropertyName("leg")] string? Leg,
    [property: JsonPropertyName("item")] string? Item,
    [property: JsonPropertyName("name")] string? Name);
