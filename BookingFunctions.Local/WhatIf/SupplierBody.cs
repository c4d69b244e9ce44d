using System.Text.Json;
using System.Text.Json.Serialization;
using BookingFunctions.Http;

namespace BookingFunctions.Local.WhatIf;

/// <summary>The body of a change of a supplier's condition, before it is checked.</summary>
public sealed record SupplierBody
{
    private static readonly Dictionary<string, SupplierCondition> Conditions =
        Enum.GetValues<SupplierCondition>()
            .ToDictionary(value => JsonSerializer.SerializeToElement(value).GetString()!, StringComparer.Ordinal);

    /// <summary>The names of all conditions.</summary>
    public static IEnumerable<string> ConditionNames => Conditions.Keys;

    /// <summary>The name of a <see cref="SupplierCondition"/>.</summary>
    [JsonPropertyName("condition")]
    public JsonElement Condition { get; init; }

    /// <summary>How much longer its calls take if it is slow; undefined or null otherwise.</summary>
    [JsonPropertyName("seconds")]
    public JsonElement Seconds { get; init; }

    /// <summary>The fields that no request has.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>The condition; null if there is none of that name.</summary>
    public SupplierCondition? ReadCondition() =>
        TextRule.Read(Condition) is { } name && Conditions.TryGetValue(name, out var condition) ? condition : null;

    /// <summary>How much longer its calls take; null if that is no whole number from 1 to <see cref="Supplier.MaxSeconds"/>.</summary>
    public int? ReadSeconds() =>
        Seconds.ValueKind == JsonValueKind.Number && Seconds.TryGetInt32(out var seconds) && seconds is >= 1 and <= Supplier.MaxSeconds
            ? seconds
            : null;
}
