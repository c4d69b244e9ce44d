using System.Text.Json;

namespace BookingFunctions.Http;

/// <summary>The rule for a field that is text.</summary>
public static class TextRule
{
    /// <summary>Says what keeps a field from being text.</summary>
    /// <param name="json">The field.</param>
    /// <param name="maxCharacters">How long it may be.</param>
    /// <returns>The rule and what breaks it, to follow the field's name; null if it is fine.</returns>
    public static string? Problem(JsonElement json, int maxCharacters)
    {
        var rule = $"has to be text of 1 to {maxCharacters} characters, not only white space";
        if (json.ValueKind != JsonValueKind.String)
        {
            return $"{rule}: it is {Describe(json.ValueKind)}.";
        }

        if (Read(json) is not { } text)
        {
            return $"{rule}: it has half a surrogate pair, which is no character.";
        }

        var characters = text.EnumerateRunes().Count();
        if (characters > maxCharacters)
        {
            return $"{rule}: it has {characters}.";
        }

        return string.IsNullOrWhiteSpace(text) ? $"{rule}: it is blank." : null;
    }

    /// <summary>Reads a field that may be anything.</summary>
    /// <param name="json">The field.</param>
    /// <returns>Its text; null if it is something else, or has half a surrogate pair, on which the parser throws.</returns>
    public static string? Read(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Says what a JSON value is that isn't what it should be.</summary>
    /// <param name="kind">Its kind.</param>
    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "text",
        _ => "an object",
    };
}
