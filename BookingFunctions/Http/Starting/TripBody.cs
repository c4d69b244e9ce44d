using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Http.Starting;

/// <summary>
/// The body of a request for a trip, before it is checked: each field as it came, so that a wrong type or an unknown
/// field can be named together with everything else that is wrong.
/// </summary>
public sealed record TripBody
{
    /// <summary>The traveler's name.</summary>
    [JsonPropertyName("name")]
    public JsonElement Name { get; init; }

    /// <summary>The car.</summary>
    [JsonPropertyName("car")]
    public JsonElement Car { get; init; }

    /// <summary>The hotel.</summary>
    [JsonPropertyName("hotel")]
    public JsonElement Hotel { get; init; }

    /// <summary>The flight.</summary>
    [JsonPropertyName("flight")]
    public JsonElement Flight { get; init; }

    /// <summary>How often each leg is tried at most; undefined for the default.</summary>
    [JsonPropertyName("attempts")]
    public JsonElement Attempts { get; init; }

    /// <summary>Whether the legs are booked at once; undefined for no.</summary>
    [JsonPropertyName("parallel")]
    public JsonElement Parallel { get; init; }

    /// <summary>After how many seconds the trip is given up; undefined for never.</summary>
    [JsonPropertyName("deadlineSeconds")]
    public JsonElement DeadlineSeconds { get; init; }

    /// <summary>The fields that no request has.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
