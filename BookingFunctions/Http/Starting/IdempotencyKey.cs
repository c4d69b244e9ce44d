using Microsoft.Extensions.Primitives;

namespace BookingFunctions.Http.Starting;

/// <summary>The header <c>Idempotency-Key</c>: however often a request with the same key comes, it asks for one trip.</summary>
public static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxCharacters = 255;

    /// <summary>Reads the key.</summary>
    /// <param name="headers">The request's headers of this name.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    /// <returns>The key; null if there is none or it is wrong.</returns>
    public static string? Read(StringValues headers, out string? problem)
    {
        problem = null;
        if (headers.Count == 0)
        {
            return null;
        }

        var key = headers.Count == 1 ? headers[0] ?? "" : "";
        if (key.EnumerateRunes().Count() is >= 1 and <= MaxCharacters && key.All(c => !char.IsControl(c)))
        {
            return key;
        }

        problem = $"'{Header}' has to be one text of 1 to {MaxCharacters} printable characters.";
        return null;
    }
}
