using System.Text.Json.Serialization;
using BookingFunctions.Trips;

namespace BookingFunctions.Travel.Suppliers;

/// <summary>What a supplier is asked to book: the body of <c>PUT /reservations/{id}</c>.</summary>
/// <param name="Leg">Which kind of thing.</param>
/// <param name="Item">Its name, as the traveler wrote it.</param>
/// <param name="Name">Who it is for.</param>
public sealed record SupplierOrder(
    [property: JsonPropertyName("leg")] Leg Leg,
    [property: JsonPropertyName("item")] string Item,
    [property: JsonPropertyName("name")] string Name);
