using System.Text.Json;

namespace BookingFunctions.Http;

/// <summary>How the API writes JSON.</summary>
public static class TripJson
{
    /// <summary>Names in camel case; enums as text, by their own attributes.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}
