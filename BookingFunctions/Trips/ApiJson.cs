using System.Text.Encodings.Web;
using System.Text.Json;

namespace BookingFunctions.Trips;

/// <summary>How the API writes JSON.</summary>
public static class ApiJson
{
    /// <summary>Names in camel case; enums as text, by their own attributes.</summary>
    /// <remarks>
    /// The answers are read by people too, and go nowhere but into JSON: addresses keep their &amp;, names their accents.
    /// </remarks>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // A payload in a history may be 64 levels deep, and is shown some levels down.
        MaxDepth = 128,
    };
}
