using System.Text.Json;
using System.Text.Json.Serialization;
using BookingFunctions.Http;

namespace BookingFunctions.Local.WhatIf;

/// <summary>The body that says how a supplier shall behave, before it is checked.</summary>
public sealed record SupplierBody
{
    private static readonly Dictionary<string, SupplierCondition> Conditions =
        Enum.GetValues<SupplierCondition>().ToDictionary(value => JsonSerializer.SerializeToElement(value).GetString()!, StringComparer.Ordinal);

    /// <summary>What a condition can be.</summary>
    public static IEnumerable<string> ConditionNames => Conditions.Keys;

    /// <summary>How it shall be doing: the name of a <see cref="SupplierCondition"/>.</summary>
    [JsonPropertyName("condition")]
    public JsonElement Condition { get; init; }

    /// <summary>How much longer its calls take if it is slow; undefined or null otherwise.</summary>
    [JsonPropertyName("seconds")]
    public JsonElement Seconds { get; init; }

    /// <summary>The fields that no request has.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>How it shall be doing; null if that is no condition.</summary>
    public SupplierCondition? ReadCondition() =>
        TextRule.Read(Condition) is { } name && Conditions.TryGetValue(name, out var condition) ? condition : null;

    /// <summary>How much longer its calls take; null if that is no whole number from 1 to <see cref="Supplier.MostSeconds"/>.</summary>
    public int? ReadSeconds() =>
        Seconds.ValueKind == JsonValueKind.Number && Seconds.TryGetInt32(out var seconds) && seconds is >= 1 and <= Supplier.MostSeconds ? seconds : null;
}
