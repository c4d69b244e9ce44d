using System.Text.Json;
using System.Text.Json.Nodes;

namespace LocalFunctionsHost.Management;

/// <summary>Stored payloads as they are shown.</summary>
internal static class Payloads
{
    /// <summary>A payload as JSON; what is none, such as the reason of a termination, as text.</summary>
    public static JsonNode? Show(string? payload)
    {
        if (payload is null)
        {
            return null;
        }

        try
        {
            return payload.AsSpan().Trim().IsEmpty ? "" : JsonNode.Parse(payload);
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
