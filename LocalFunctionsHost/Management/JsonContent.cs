using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace LocalFunctionsHost.Management;

/// <summary>The body of a management call.</summary>
internal static class JsonContent
{
    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is no JSON, or has invalid text: bytes that are not UTF-8, or half a surrogate pair.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext http)
    {
        using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var json = document.RootElement.Clone();
        CheckTexts(JsonMarshal.GetRawUtf8Value(json));
        return json;
    }

    // The parser leaves texts unread.
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new JsonException("The content is not UTF-8.");
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            try
            {
                _ = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
            }
            catch (InvalidOperationException e)
            {
                throw new JsonException("A text has half a surrogate pair, which is no character.", e);
            }
        }
    }
}
