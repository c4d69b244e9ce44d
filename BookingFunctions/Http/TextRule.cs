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

        string text;
        try
        {
            text = json.GetString()!;
        }
        catch (InvalidOperationException)
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

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Undefined => "missing",
        JsonValueKind.Null => "null",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
