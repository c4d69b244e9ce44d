using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Http.Deciding;

/// <summary>The body of a request to cancel a trip, before it is checked.</summary>
public sealed record CancelBody
{
    /// <summary>Why.</summary>
    [JsonPropertyName("reason")]
    public JsonElement Reason { get; init; }

    /// <summary>The fields that no request has.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
