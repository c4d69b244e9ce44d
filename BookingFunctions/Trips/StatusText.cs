using System.Globalization;
using System.Text.Encodings.Web;

namespace BookingFunctions.Trips;

/// <summary>Cuts texts to a size that fits into a custom status, of which Azure allows 16 KB of UTF-16: 8192 characters of JSON.</summary>
public static class StatusText
{
    /// <summary>Cuts a text if its JSON is too long, and says so at its end.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxBytes">How many bytes it may take as a JSON string without its quotes, from 64.</param>
    public static string Cut(string text, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 64);
        if (Fitting(text, maxBytes) == text.Length)
        {
            return text;
        }

        var mark = string.Create(CultureInfo.InvariantCulture, $"... [cut: {text.Length} characters in all]");
        return string.Concat(text.AsSpan(0, Fitting(text, maxBytes - mark.Length)), mark);
    }

    // How many of its first characters fit, without half a pair of surrogates. JSON escapes what isn't ASCII, so its bytes are its
    // characters.
    private static int Fitting(string text, int maxBytes)
    {
        Span<char> json = maxBytes <= 1024 ? stackalloc char[maxBytes] : new char[maxBytes];
        JavaScriptEncoder.Default.Encode(text, json, out var fitting, out _);
        return fitting;
    }
}
